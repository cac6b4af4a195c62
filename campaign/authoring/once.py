"""A form that is sent twice, as by a double press, makes one post: the second finds what the first has made."""

from django.contrib.auth.models import User

from campaign.models import Post

LONGEST = 60
"""Characters of a form's number; ours are shorter."""


def number_of(form: str, by: User) -> str | None:
    """What is kept of an opened form with a post: a number of one person is none of another's. None for no form."""
    return f"{by.pk}:{form[:LONGEST]}" if form else None


def made_with(form: str, by: User) -> Post | None:
    """The post that this form has made already. To be asked in the transaction that would make it."""
    number = number_of(form, by)
    return Post.objects.filter(form=number).first() if number else None

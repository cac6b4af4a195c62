"""What became of a withdrawal: when it was asked, when each copy was gone; and the receipt for the person.

Neither holds a word of the story, nor a name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from campaign.content.dates.in_words import long_date
from campaign.models.stories import Takedown, Withdrawal
from campaign.people import limits
from campaign.people.letters import can_send, plain_letter, send_later
from campaign.stories.storyteller import contact_of, mailable

BY_WISH = "wish"
"""How `campaign.stories.withdrawal.Via.WISH` is kept."""


@dataclass(frozen=True, slots=True)
class Copy:
    """One post on one network, and when it was gone."""

    delivery: int
    channel: str
    network: str
    language: str
    url: str
    asked_at: datetime
    gone_at: datetime | None
    by_hand: bool
    due_by: datetime | None
    done_by: str
    problem: str

    @property
    def took(self) -> timedelta | None:
        """From the request until it was gone; None while it stands."""
        return self.gone_at - self.asked_at if self.gone_at else None


@dataclass(frozen=True, slots=True)
class Report:
    """The proof of a withdrawal."""

    reference: str
    scope: str
    asked_at: datetime
    via: str
    received_by: str
    pulled: int  #: deliveries that were not out, and were withdrawn in the same transaction
    copies: tuple[Copy, ...]

    @property
    def standing(self) -> tuple[Copy, ...]:
        """The copies that are not gone yet."""
        return tuple(copy for copy in self.copies if copy.gone_at is None)

    @property
    def gone(self) -> tuple[Copy, ...]:
        """The copies that are gone."""
        return tuple(copy for copy in self.copies if copy.gone_at)

    @property
    def ended_at(self) -> datetime | None:
        """When the last copy was gone; None while one stands."""
        if self.standing:
            return None
        times = (copy.gone_at for copy in self.copies if copy.gone_at)
        return max(times, default=self.asked_at)


def report(withdrawal: Withdrawal) -> Report:
    """What became of a withdrawal until now."""
    takedowns = withdrawal.takedowns.select_related("delivery").order_by("pk")
    return Report(
        reference=withdrawal.storyteller.reference,
        scope=withdrawal.scope,
        asked_at=withdrawal.asked_at,
        via=withdrawal.via,
        received_by=withdrawal.received_by,
        pulled=withdrawal.pulled,
        copies=tuple(map(_copy, takedowns)),
    )


def _copy(takedown: Takedown) -> Copy:
    delivery = takedown.delivery
    return Copy(
        delivery=delivery.pk,
        channel=delivery.channel,
        network=delivery.network,
        language=delivery.language,
        url=delivery.url,
        asked_at=takedown.asked_at,
        gone_at=takedown.gone_at,
        by_hand=takedown.by_hand,
        due_by=takedown.due_by,
        done_by=takedown.done_by,
        problem=takedown.problem,
    )


def receipt(proof: Report, language: str, zone: ZoneInfo) -> str:
    """The letter to the person, in their language: what was done, what still stands, and by when it will be gone."""
    paragraphs = _french(proof, zone) if language == "fr" else _english(proof, zone)
    return "\n\n".join(paragraphs) + "\n"


def send_receipt(withdrawal: Withdrawal, zone: ZoneInfo) -> bool:
    """Mails the receipt, later, when mail is set up and the person's contact is an address. Returns whether it will be:
    whoever gave somebody else's address must not have them sent letters without end.

    Nobody gets one for what was done as they had wished it for the case that they have died, are too ill, or their consent
    ends: they have asked for nothing now. Raises Locked when the contact cannot be read."""
    if withdrawal.via == BY_WISH:
        return False
    storyteller = withdrawal.storyteller
    to, language = contact_of(storyteller), storyteller.language
    if not can_send() or not mailable(to):
        return False
    recipient = limits.recipient(to)
    receipts = (limits.RECEIPT, recipient), (limits.RECEIPTS, recipient)
    if not limits.count_all(withdrawal.asked_at, *receipts):
        return False
    subject = "Votre demande de retrait" if language == "fr" else "Your request to take it back"
    send_later(plain_letter(to, subject, receipt(report(withdrawal), language, zone)))
    return True


def _english(proof: Report, zone: ZoneInfo) -> Sequence[str]:
    what = {
        "all": "everything that we had of your story",
        "pictures": "the pictures of your story",
        "name": "your name in your story",
    }.get(proof.scope, f"your story on {proof.scope.removeprefix('channel:')}")
    said = [
        f"You asked on {_at(proof.asked_at, 'en', zone)} to take back {what}. Thank you for telling us; you owe us no reason.",
        f"Nothing of it will go out any more. Posts that were waiting and are withdrawn: {proof.pulled}."
        f" Posts that are deleted from the networks: {len(proof.gone)}.",
    ]
    if proof.standing:
        by = _last_deadline(proof)
        said.append(
            f"Posts that are being deleted: {len(proof.standing)}. They will be gone by {_at(by, 'en', zone)} at the latest."
            " Those that the networks do not let us delete at once, we delete by hand."
        )
    if proof.scope == "all":
        said.append(
            "In a week, and once no copy stands any more, we erase your words and your pictures here too."
        )
    said.append(
        "Copies that others have made are out of our reach. If you see one, tell us, and we will ask for it."
    )
    return said


def _french(proof: Report, zone: ZoneInfo) -> Sequence[str]:
    what = {
        "all": "tout ce que nous avions de votre témoignage",
        "pictures": "les images de votre témoignage",
        "name": "votre nom dans votre témoignage",
    }.get(proof.scope, f"votre témoignage sur {proof.scope.removeprefix('channel:')}")
    said = [
        f"Vous avez demandé le {_at(proof.asked_at, 'fr', zone)} de retirer {what}. Merci de nous l’avoir dit; vous n’avez"
        " aucune raison à donner.",
        f"Plus rien n’en sera publié. Publications en attente qui sont retirées\u00a0: {proof.pulled}."
        f" Publications supprimées des réseaux\u00a0: {len(proof.gone)}.",
    ]
    if proof.standing:
        by = _last_deadline(proof)
        said.append(
            f"Publications en cours de suppression\u00a0: {len(proof.standing)}. Elles auront disparu au plus tard le"
            f" {_at(by, 'fr', zone)}. Celles que les réseaux ne nous laissent pas supprimer aussitôt, nous les supprimons à la main."
        )
    if proof.scope == "all":
        said.append(
            "Dans une semaine, et une fois toutes les copies disparues, nous effacerons aussi vos mots et vos images ici."
        )
    said.append(
        "Les copies que d’autres ont faites sont hors de notre portée. Si vous en voyez une, dites-le-nous\u00a0: nous"
        " demanderons qu’elle soit retirée."
    )
    return said


def _last_deadline(proof: Report) -> datetime:
    """By when the last of the copies that still stand has to be gone."""
    deadlines = (copy.due_by for copy in proof.standing if copy.due_by)
    return max(deadlines, default=proof.asked_at)


def _at(moment: datetime, language: str, zone: ZoneInfo) -> str:
    local = moment.astimezone(zone)
    time = f"{local:%H:%M}"
    if language == "fr":
        time = f"{local:%H}\u00a0h\u00a0{local:%M}"
    return f"{long_date(local.date(), language)}, {time}"

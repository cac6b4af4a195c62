"""How the pages' templates are read from their files."""

from django.template import Origin
from django.template.loaders import filesystem


class Loader(filesystem.Loader):
    """Leaves out the line break that ends a file: a template may stand within a sentence of another one."""

    def get_contents(self, origin: Origin) -> str:
        """The text of a template's file. Raises TemplateDoesNotExist."""
        return super().get_contents(origin).removesuffix("\n")

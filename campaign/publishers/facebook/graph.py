"""facebook-sdk, over our session: the only place that imports it."""

import hashlib
import hmac
import json
import warnings
from collections.abc import Mapping

with warnings.catch_warnings():
    # The package has "\d" in a plain string, which newer Pythons warn of when they first compile it.
    warnings.simplefilter("ignore")
    import facebook

from campaign.core.sentence import Sentence
from campaign.publishers.answer import Answer
from campaign.publishers.session import Session


class GraphError(facebook.GraphAPIError):  # type: ignore[misc]
    """The SDK's error with what the SDK drops: the status and the headers."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.fields or Sentence("no reason given"))
        self.answer = answer


class Graph(facebook.GraphAPI):  # type: ignore[misc]
    """facebook-sdk at an address of our choice, over our session.

    Its own `request` takes an error without an `error` in it for success, corrupts lists, and writes the token into
    the address. This method replaces that one; all others of the SDK go through it, `get_version` excepted.
    """

    def __init__(self, base_url: str, version: str, token: str, app_secret: str) -> None:
        super().__init__(access_token=token, session=Session(base_url))
        # The SDK's own check of versions ends at 3.1, and lets no number of two digits pass.
        self.version = version
        self._base_url = base_url
        self._app_secret = app_secret

    def request(
        self,
        path: str,
        args: Mapping[str, object] | None = None,
        post_args: Mapping[str, object] | None = None,
        files: Mapping[str, object] | None = None,
        method: str | None = None,
    ) -> object:
        """The JSON of the answer. Raises facebook.GraphAPIError, NotSent or AnswerLost."""
        params, form = _written(args), _written(post_args)
        token = (
            form.pop("access_token", "")
            or params.pop("access_token", "")
            or str(self.access_token)
        )
        proof = self._proof(token)
        headers: dict[str, str] = {}
        # Never in the address, which proxies and logs keep.
        if form:
            form |= {"access_token": token, **proof}
        else:
            params |= proof
            headers["Authorization"] = f"Bearer {token}"
        method = "POST" if post_args is not None else method or "GET"
        url = f"{self._base_url}/{path}"
        response = self.session.request(
            method, url, params=params, data=form, files=files, headers=headers
        )
        answer = Answer.of(response)
        if not answer.well or answer.fields.get("error"):
            raise GraphError(answer)
        return answer.body

    def edit(self, post_id: str, text: str) -> object:
        """Gives a post another text, which the SDK has no method for. The JSON of the answer. Raises as `request`."""
        path = f"{self.version}/{post_id}"
        return self.request(path, post_args={"message": text}, method="POST")

    def _proof(self, token: str) -> dict[str, str]:
        """Meta's appsecret_proof: that the caller has the app's secret, not only a token."""
        if not self._app_secret:
            return {}
        proof = hmac.new(self._app_secret.encode(), token.encode(), hashlib.sha256).hexdigest()
        return {"appsecret_proof": proof}


def _written(arguments: Mapping[str, object] | None) -> dict[str, str]:
    """Arguments as the Graph API reads them; the SDK writes lists and truth values as Python does."""
    return {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in (arguments or {}).items()
        if value is not None
    }

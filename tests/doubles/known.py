"""What a call may say, as the networks' published files have it: the doubles refuse anything else.

X: its OpenAPI file, version 2.168 (https://api.x.com/2/openapi.json). Facebook: Meta's api_specs, of which its own
facebook-business 26.0.3 is made; what every call there may carry (token, proof, fields, paging) is from its guides.
"""

import re
from collections.abc import Iterable, Mapping

from tests.doubles.messages import Request


def _names(written: str) -> frozenset[str]:
    return frozenset(written.split())


X_QUERIES: tuple[tuple[str, frozenset[str]], ...] = (
    (
        r"GET /2/users/[^/]+/tweets",
        _names(
            "max_results pagination_token start_time end_time since_id until_id exclude post.fields expansions"
            " user.fields media.fields poll.fields place.fields"
        ),
    ),
    (r"GET /2/users/me", _names("user.fields expansions post.fields")),
)
"""The parameters of X's calls; of those that are not here, none has any."""
OLDER_FIELDS = "tweet.fields"
"""What `post.fields` was called until August 2026."""
POST_FIELDS = _names(
    "article article_title attachments card_uri community_id context_annotations conversation_id created_at"
    " display_text_range edit_controls entities geo id lang matched_media_notes media_metadata non_public_metrics"
    " note_post note_request_suggestions organic_metrics paid_partnership possibly_sensitive promoted_metrics"
    " public_metrics reply_settings scopes source suggested_source_links suggested_source_links_with_counts text"
    " withheld"
)
X_BODIES: Mapping[str, frozenset[str]] = {
    "/2/tweets": _names(
        "card_uri community_id direct_message_deep_link edit_options for_super_followers_only geo made_with_ai media"
        " nullcast paid_partnership poll quote_tweet_id reply reply_settings share_with_followers text"
    ),
    "/2/media/upload": _names("media media_category additional_owners"),
    "/2/media/metadata": _names("id metadata"),
}
"""The keys of X's bodies, which are closed: `additionalProperties` is false."""

_EVERY_CALL = _names("access_token appsecret_proof fields")
_PAGING = _names("limit after before since until")
_POSTS = _names("include_hidden limit show_expired with") | _PAGING
GRAPH_EDGES: Mapping[str, frozenset[str]] = {
    "POST feed": _names(
        "actions album_id android_key_hash application_id asked_fun_fact_prompt_id asset3d_id associated_id"
        " attach_place_suggestion attached_media audience_exp backdated_time backdated_time_granularity breaking_news"
        " breaking_news_expiration call_to_action caption child_attachments client_mutation_id composer_entry_picker"
        " composer_entry_point composer_entry_time composer_session_events_log composer_session_id"
        " composer_source_surface composer_type connection_class content_attachment coordinates cta_link cta_type"
        " description direct_share_status enforce_link_ownership expanded_height expanded_width feed_targeting"
        " formatting fun_fact_prompt_id fun_fact_toastee_id height home_checkin_city_id image_crops implicit_with_tags"
        " instant_game_entry_point_data ios_bundle_id is_backout_draft is_boost_intended is_explicit_location"
        " is_explicit_share is_group_linking_post is_photo_container link location_source_id manual_privacy message"
        " multi_share_end_card multi_share_optimized name nectar_module object_attachment og_action_type_id"
        " og_hide_object_attachment og_icon_id og_object_id og_phrase og_set_profile_badge og_suggestion_mechanism"
        " page_recommendation picture place place_attachment_setting place_list place_list_data post_surfaces_blacklist"
        " posting_to_redspace privacy prompt_id prompt_tracking_string properties proxied_app_id publish_event_id"
        " published quote ref referenceable_image_ids referral_id scheduled_publish_time source sponsor_id"
        " sponsor_relationship suggested_place_id tags target_surface targeting text_format_metadata"
        " text_format_preset_id text_only_place thumbnail time_since_original_post title tracking_info"
        " unpublished_content_type user_selected_tags video_start_time_ms viewer_coordinates width"
    ),
    "POST photos": _names(
        "aid allow_spherical_photo alt_text_custom android_key_hash application_id attempt audience_exp backdated_time"
        " backdated_time_granularity caption composer_entry_point composer_session_id direct_share_status feed_targeting"
        " filter_type full_res_is_coming_later initial_view_heading_override_degrees"
        " initial_view_pitch_override_degrees initial_view_vertical_fov_override_degrees ios_bundle_id"
        " is_explicit_location is_explicit_place location_source_id manual_privacy message name nectar_module no_story"
        " offline_id og_action_type_id og_icon_id og_object_id og_phrase og_set_profile_badge og_suggestion_mechanism"
        " parent_media_id place privacy profile_id proxied_app_id published qn scheduled_publish_time spherical_metadata"
        " sponsor_id sponsor_relationship tags target_id targeting temporary time_since_original_post uid"
        " unpublished_content_type url user_selected_tags vault_image_id"
    ),
    "GET published_posts": _POSTS,
    "GET feed": _POSTS,
    "GET attachments": _PAGING,
    "GET": frozenset(),
    "POST": _names("is_hidden is_pinned is_published message place privacy"),
    "DELETE": frozenset(),
}
"""The parameters of a Page's edges, of its node and of its posts' and photos', beside what every call may carry."""
GRAPH_FIELDS: Mapping[str, frozenset[str]] = {
    "GET": _names(
        "id name"
    ),  # all that the node of a Page and the one of a person have in common, and is asked for
    "GET published_posts": _names(
        "id message created_time permalink_url is_published updated_time status_type full_picture from"
    ),
    "GET attachments": _names(
        "description description_tags media media_type target title type unshimmed_url url subattachments"
    ),
}
"""The fields that may be asked for, where the double answers with them; a field of a field is not looked at."""


def unknown_query(request: Request, *, is_older: bool) -> tuple[str, str] | None:
    """A parameter of a call to X that the file does not have, or whose value is no field of a post, and X's words on it."""
    call = f"{request.method} {request.path}"
    known = next((names for path, names in X_QUERIES if re.fullmatch(path, call)), frozenset())
    if is_older:
        known = known - {"post.fields"} | {OLDER_FIELDS}
    for name in request.query.keys() - known:
        return name, f"The query parameter [{name}] is not one of [{_listed(known)}]"
    for field in request.query.get("post.fields", "id").split(","):
        if field not in POST_FIELDS:
            what = f"The `post.fields` query parameter value [{field}]"
            return "post.fields", f"{what} is not one of [{_listed(POST_FIELDS)}]"
    return None


def _listed(names: Iterable[str]) -> str:
    return ",".join(sorted(names))


def unknown_graph(edge: str, given: Mapping[str, str]) -> str:
    """A parameter or a field of a call to Facebook that the file does not have, "" when it has all. `edge` is the method
    and the edge ("POST feed"), or the method alone for a node."""
    known = GRAPH_EDGES.get(edge, frozenset()) | _EVERY_CALL
    asked = re.sub(r"\{[^}]*\}", "", given.get("fields", "")).split(",")
    fields = GRAPH_FIELDS.get(edge, set(asked))
    unknown = {name.partition("[")[0] for name in given} - known
    return next(iter(sorted(unknown | (set(filter(None, asked)) - fields))), "")

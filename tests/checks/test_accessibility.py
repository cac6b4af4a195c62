"""A text that a screen reader cannot read well is told, with a better one where there is one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.checks.words.accessibility import check_accessibility, emoji
from campaign.checks.words.fixes import apply_fix
from campaign.checks.words.hashtags import camel_case, check_hashtags
from campaign.core.finding import Finding, Fix, Level
from tests.wording import codes, reading


def told(text: str, language: str = "en", **more: object) -> list[Finding]:
    return list(check_accessibility(reading(text, language, **more)))


@pytest.mark.parametrize(
    ("tag", "better"),
    [
        ("metastaticbreastcancer", "#MetastaticBreastCancer"),
        ("breastcancerawarenessmonth", "#BreastCancerAwarenessMonth"),
        ("cancerduseinmétastatique", "#CancerDuSeinMétastatique"),
        ("cancerduseinmetastatique", "#CancerDuSeinMetastatique"),
        ("mbcawareness", "#MBCAwareness"),
        ("parlonsstade4", None),
        ("supercalifragilistic", None),
    ],
)
def test_a_hashtag_is_parted_into_words_that_are_known(tag: str, better: str | None) -> None:
    assert camel_case(tag, {}) == better


def test_a_hashtag_of_the_campaign_is_written_as_the_campaign_does() -> None:
    [finding] = told("Read. #strangewordsmade", hashtags=("#StrangeWordsMade",))
    assert finding.fix == Fix("#strangewordsmade", "#StrangeWordsMade")


def test_a_hashtag_in_small_letters_offers_a_better_one_and_leaves_links_alone() -> None:
    text = "Read. https://x.ca/#breastcancer #breastcancer #breastcancers"
    [one, _] = told(text)
    assert (one.level, one.code) == (Level.WARNING, "hashtag-small")
    assert one.fix is not None
    assert (
        apply_fix(text, one.fix)
        == "Read. https://x.ca/#breastcancer #BreastCancer #breastcancers"
    )


@pytest.mark.parametrize(
    "tags",
    [
        "#MBC",
        "#metastatic",
        "#chimiothérapi",
        "#BCSM #MBC",
        "#MetastaticBreastCancer",
        "#CancerDuSeinMétastatique",
        "#cancer",
    ],
)
def test_a_hashtag_that_can_be_heard_is_well(tags: str) -> None:
    assert told(f"Read.\n{tags}") == []


def test_many_hashtags_and_one_in_a_sentence_are_told() -> None:
    assert codes(told("Read.\n#One #Two #Six #Ten #Red")) == ["hashtags-many"]
    assert codes(told("Our #Cancer day begins.")) == ["hashtag-inside"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Read. 💗🎀😀🙏", "emoji-many"),
        ("Read. 💗💗", "emoji-again"),
        ("💗 Read.", "emoji-first"),
        ("One.\n- two\n✅ three", "emoji-first"),
        ("We 💗 our readers.", "emoji-inside"),
        ("She died last week. 🎉", "emoji-party"),
        ("This is 𝗯𝗼𝗹𝗱.", "fancy-letters"),
        ("This is ｆｕｌｌ.", "fancy-letters"),
        ("This is Ⓐ.", "fancy-letters"),
        ("This is ꜰᴜʟʟ ᴄᴀᴘɪᴛᴀʟ.", "fancy-letters"),
        ("=====\nRead.", "drawn-signs"),
        (":) :) Read.", "drawn-signs"),
        ("PLEASE READ THIS MESSAGE", "capitals"),
        ("This is METASTATIC.", None),
        ("This is UNBELIEVABLY bad.", "capitals"),
        ("Click here: https://x.ca", "link-words"),
        ("Link in bio.", "link-words"),
        ("https://x.ca and https://y.ca", "links-many"),
    ],
)
def test_what_is_hard_to_hear_is_told(text: str, code: str | None) -> None:
    assert ([code] if code else []) == list(dict.fromkeys(codes(told(text))))


@pytest.mark.parametrize(
    "text",
    [
        "MBC, CSM, CBCN, RCCS and HER2 are acronyms.",
        "CBCN RCCS CCSN RCSC BRCA",
        "Read. 💗",
        "Read. 👩🏽‍⚕️🇨🇦",
        "A\n---\nB",
        "La 1ʳᵉ fois, 5 m², 20 °C, ½, ™, №",
        "I AM here. À LA fin.",
        "Read. #METASTATICBREASTCANCER",
        "a@b.ca",
    ],
)
def test_what_can_be_heard_is_well(text: str) -> None:
    assert told(text) == []


def test_link_words_are_told_in_french() -> None:
    assert codes(told("Cliquez ici.", "fr")) == ["link-words"]
    assert codes(told("Lien en bio.", "fr")) == ["link-words"]


def test_letters_in_disguise_are_an_error_and_have_a_fix() -> None:
    [finding] = told("This is 𝗯𝗼𝗹𝗱 𝘁𝗲𝘅𝘁.")
    assert (finding.level, finding.fix) == (Level.ERROR, Fix("𝗯𝗼𝗹𝗱 𝘁𝗲𝘅𝘁", "bold text"))


@pytest.mark.parametrize(
    ("alt", "code"),
    [
        ("Metastatic breast cancer is not one disease", "alt-copy"),
        ("A bench. Photo: Jean", "alt-credit"),
        ("A 𝗯𝗲𝗻𝗰𝗵", "fancy-letters"),
        ("A bench under a maple tree in autumn", None),
        ("", None),
    ],
)
def test_a_description_that_does_not_describe_is_told(alt: str, code: str | None) -> None:
    text = "Metastatic breast cancer is not one disease. Read more."
    assert codes(told(text, alts=(alt,))) == ([code] if code else [])


def test_an_emoji_of_many_parts_is_one() -> None:
    assert emoji("👩🏽‍⚕️ 🇨🇦 ❤️ 1️⃣") == ["👩🏽‍⚕️", "🇨🇦", "❤️", "1️⃣"]


@given(st.text(alphabet=st.sampled_from("aA é#💗𝗯Ⓐ.\n=:)☀️\u200d🇨🇦{}%<"), max_size=80))
def test_no_text_stops_the_check_and_every_fix_comes_to_rest(text: str) -> None:
    for finding in told(text, "fr", alts=(text,)):
        if finding.fix:
            once = apply_fix(text, finding.fix)
            assert apply_fix(once, finding.fix) == once


@pytest.mark.parametrize(
    ("text", "language", "better"),
    [
        ("Oui! #cancer-du-sein", "fr", "#CancerDuSein"),
        ("Oui! #L’Espoir", "fr", "#LEspoir"),
        ("Oui! #l'espoir", "fr", "#LEspoir"),
        ("Yes! #breast cancer", "en", "#BreastCancer"),
        ("Yes! #Metastatic breast cancer awareness", "en", "#MetastaticBreastCancer"),
        ("Oui! #octobre rose", "fr", "#OctobreRose"),
        ("Oui! #cancer du sein metastatique", "fr", "#CancerDuSeinMétastatique"),
        ("Yes! #COVID‑19", "en", "#COVID19"),
        ("Yes! #R&D", "en", "#RD"),
        ("Yes! #our own walk", "en", "#OurOwnWalk"),
    ],
)
def test_a_hashtag_that_a_network_cuts_is_told_with_what_to_write(
    text: str, language: str, better: str
) -> None:
    read = reading(text, language, hashtags=("#our own walk",))
    [finding] = [one for one in check_hashtags(read) if one.code == "hashtag-cut"]
    assert finding.message.endswith(f"alone: write {better}.")
    assert finding.fix is not None
    fixed = apply_fix(text, finding.fix)
    assert fixed.endswith((better, f"{better} awareness"))
    assert "hashtag-cut" not in codes(check_hashtags(reading(fixed, language)))


@pytest.mark.parametrize("text", ["See #2027", "See#Cancer", "#Hope#Cancer", "See #____"])
def test_a_hashtag_that_no_network_links_is_told(text: str) -> None:
    assert "hashtag-cut" in codes(check_hashtags(reading(text)))


@pytest.mark.parametrize(
    "text",
    [
        "#MBC’s day, #MBC's day",
        "Our #1 question. #MBC-",
        "#Hope is here. #Breast health",
        "#BreastCancer cancer",
        "https://x.ca/#a-b https://x.ca/a#b &#39;",
        "#Hope, #Care; #Share! (#MBC)",
        "#Santé_mentale #Été2027",
    ],
)
def test_a_hashtag_that_is_whole_is_well(text: str) -> None:
    assert "hashtag-cut" not in codes(check_hashtags(reading(text)))

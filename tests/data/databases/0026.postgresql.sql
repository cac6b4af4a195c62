
-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

CREATE FUNCTION public.campaign_attempt_is_kept() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF NEW.text = '' AND NEW.detail = '' AND NEW.id IS NOT DISTINCT FROM OLD.id AND NEW.delivery_id IS NOT DISTINCT FROM OLD.delivery_id AND NEW.number IS NOT DISTINCT FROM OLD.number AND NEW.part IS NOT DISTINCT FROM OLD.part AND NEW.worker IS NOT DISTINCT FROM OLD.worker AND NEW.started_at IS NOT DISTINCT FROM OLD.started_at AND NEW.finished_at IS NOT DISTINCT FROM OLD.finished_at AND NEW.outcome IS NOT DISTINCT FROM OLD.outcome AND NEW.status IS NOT DISTINCT FROM OLD.status AND NEW.remote_id IS NOT DISTINCT FROM OLD.remote_id AND NEW.url IS NOT DISTINCT FROM OLD.url AND (EXISTS (SELECT 1 FROM campaign_post p WHERE p.emptied_at IS NOT NULL AND p.id = COALESCE(NULL, (SELECT d.post_id FROM campaign_delivery d WHERE d.id = OLD.delivery_id))) OR EXISTS (SELECT 1 FROM campaign_delivery d WHERE d.id = OLD.delivery_id AND d.text = '')) THEN RETURN NEW; END IF; RAISE EXCEPTION 'the publish log is never changed or deleted'; END $$;


CREATE FUNCTION public.campaign_attempt_words_emptied() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN DELETE FROM campaign_attempt_words; RETURN NULL; END $$;


CREATE FUNCTION public.campaign_attempt_words_gone() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN DELETE FROM campaign_attempt_words WHERE id = OLD.id; RETURN NULL; END $$;


CREATE FUNCTION public.campaign_attempt_words_kept() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN DELETE FROM campaign_attempt_words WHERE id = NEW.id; INSERT INTO campaign_attempt_words (id, words) SELECT NEW.id, campaign_words(NEW.detail) WHERE NEW.detail <> ''; RETURN NULL; END $$;


CREATE FUNCTION public.campaign_delivery_words_emptied() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN DELETE FROM campaign_delivery_words; RETURN NULL; END $$;


CREATE FUNCTION public.campaign_delivery_words_gone() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN DELETE FROM campaign_delivery_words WHERE id = OLD.id; RETURN NULL; END $$;


CREATE FUNCTION public.campaign_delivery_words_kept() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN DELETE FROM campaign_delivery_words WHERE id = NEW.id; INSERT INTO campaign_delivery_words (id, words) SELECT NEW.id, campaign_words(NEW.text || ' ' || COALESCE((SELECT title || ' ' || key FROM campaign_post WHERE id = NEW.post_id), '')) WHERE 1 = 1; RETURN NULL; END $$;


CREATE FUNCTION public.campaign_event_is_kept() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF NEW.reason = '' AND NEW.id IS NOT DISTINCT FROM OLD.id AND NEW.at IS NOT DISTINCT FROM OLD.at AND NEW.actor IS NOT DISTINCT FROM OLD.actor AND NEW.action IS NOT DISTINCT FROM OLD.action AND NEW.delivery_id IS NOT DISTINCT FROM OLD.delivery_id AND NEW.post_id IS NOT DISTINCT FROM OLD.post_id AND NEW.from_status IS NOT DISTINCT FROM OLD.from_status AND NEW.to_status IS NOT DISTINCT FROM OLD.to_status AND (EXISTS (SELECT 1 FROM campaign_post p WHERE p.emptied_at IS NOT NULL AND p.id = COALESCE(OLD.post_id, (SELECT d.post_id FROM campaign_delivery d WHERE d.id = OLD.delivery_id))) OR EXISTS (SELECT 1 FROM campaign_delivery d WHERE d.id = OLD.delivery_id AND d.text = '')) THEN RETURN NEW; END IF; RAISE EXCEPTION 'the publish log is never changed or deleted'; END $$;


CREATE FUNCTION public.campaign_event_words_emptied() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN DELETE FROM campaign_event_words; RETURN NULL; END $$;


CREATE FUNCTION public.campaign_event_words_gone() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN DELETE FROM campaign_event_words WHERE id = OLD.id; RETURN NULL; END $$;


CREATE FUNCTION public.campaign_event_words_kept() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN DELETE FROM campaign_event_words WHERE id = NEW.id; INSERT INTO campaign_event_words (id, words) SELECT NEW.id, campaign_words(NEW.reason || ' ' || COALESCE((SELECT title || ' ' || key FROM campaign_post WHERE id = NEW.post_id), '')) WHERE (NEW.reason <> '' OR NEW.post_id IS NOT NULL); RETURN NULL; END $$;


CREATE FUNCTION public.campaign_log_is_kept() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN RAISE EXCEPTION 'the publish log is never changed or deleted'; END $$;


CREATE FUNCTION public.campaign_post_renamed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN DELETE FROM campaign_delivery_words WHERE id IN (SELECT id FROM campaign_delivery WHERE post_id = NEW.id); INSERT INTO campaign_delivery_words (id, words) SELECT r.id, campaign_words(r.text || ' ' || COALESCE((SELECT title || ' ' || key FROM campaign_post WHERE id = r.post_id), '')) FROM campaign_delivery r WHERE r.post_id = NEW.id; DELETE FROM campaign_event_words WHERE id IN (SELECT id FROM campaign_event WHERE post_id = NEW.id); INSERT INTO campaign_event_words (id, words) SELECT r.id, campaign_words(r.reason || ' ' || COALESCE((SELECT title || ' ' || key FROM campaign_post WHERE id = r.post_id), '')) FROM campaign_event r WHERE r.post_id = NEW.id AND (r.reason <> '' OR r.post_id IS NOT NULL); RETURN NULL; END $$;


CREATE FUNCTION public.campaign_post_words_delete() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN DELETE FROM campaign_post_words WHERE id = OLD.id; RETURN NULL; END $$;


CREATE FUNCTION public.campaign_post_words_emptied() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN DELETE FROM campaign_post_words; RETURN NULL; END $$;


CREATE FUNCTION public.campaign_post_words_insert() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN DELETE FROM campaign_post_words WHERE id = NEW.id; INSERT INTO campaign_post_words (id, words) SELECT r.id, campaign_words(r.title || ' ' || r.key || ' ' || r.storyteller || ' ' || COALESCE((SELECT v.source FROM campaign_version v WHERE v.post_id = r.id ORDER BY v.number DESC LIMIT 1), '')) FROM campaign_post r WHERE r.id = NEW.id; RETURN NULL; END $$;


CREATE FUNCTION public.campaign_post_words_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN DELETE FROM campaign_post_words WHERE id = NEW.id; INSERT INTO campaign_post_words (id, words) SELECT r.id, campaign_words(r.title || ' ' || r.key || ' ' || r.storyteller || ' ' || COALESCE((SELECT v.source FROM campaign_version v WHERE v.post_id = r.id ORDER BY v.number DESC LIMIT 1), '')) FROM campaign_post r WHERE r.id = NEW.id; RETURN NULL; END $$;


CREATE FUNCTION public.campaign_version_words_delete() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN DELETE FROM campaign_post_words WHERE id = OLD.post_id; INSERT INTO campaign_post_words (id, words) SELECT r.id, campaign_words(r.title || ' ' || r.key || ' ' || r.storyteller || ' ' || COALESCE((SELECT v.source FROM campaign_version v WHERE v.post_id = r.id ORDER BY v.number DESC LIMIT 1), '')) FROM campaign_post r WHERE r.id = OLD.post_id; RETURN NULL; END $$;


CREATE FUNCTION public.campaign_version_words_insert() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN DELETE FROM campaign_post_words WHERE id = NEW.post_id; INSERT INTO campaign_post_words (id, words) SELECT r.id, campaign_words(r.title || ' ' || r.key || ' ' || r.storyteller || ' ' || COALESCE((SELECT v.source FROM campaign_version v WHERE v.post_id = r.id ORDER BY v.number DESC LIMIT 1), '')) FROM campaign_post r WHERE r.id = NEW.post_id; RETURN NULL; END $$;


CREATE FUNCTION public.campaign_version_words_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN DELETE FROM campaign_post_words WHERE id = NEW.post_id; INSERT INTO campaign_post_words (id, words) SELECT r.id, campaign_words(r.title || ' ' || r.key || ' ' || r.storyteller || ' ' || COALESCE((SELECT v.source FROM campaign_version v WHERE v.post_id = r.id ORDER BY v.number DESC LIMIT 1), '')) FROM campaign_post r WHERE r.id = NEW.post_id; RETURN NULL; END $$;


CREATE FUNCTION public.campaign_words(text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $_$
SELECT COALESCE(array_to_tsvector(array_agg(DISTINCT left(word, 60))), '') FROM regexp_split_to_table(
    regexp_replace(
        replace(replace(replace(replace(lower(normalize($1, NFKD)), 'œ', 'oe'), 'Œ', 'oe'), 'æ', 'ae'), 'Æ', 'ae'),
        '[\u0300-\u036f]', '', 'g'),
    '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f\u3000-\u303f]+'
) AS word WHERE word <> '' $_$;


SET default_tablespace = '';

SET default_table_access_method = heap;

CREATE TABLE public.account_emailaddress (
    id integer NOT NULL,
    email character varying(254) NOT NULL,
    verified boolean NOT NULL,
    "primary" boolean NOT NULL,
    user_id integer NOT NULL
);


ALTER TABLE public.account_emailaddress ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailaddress_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.account_emailconfirmation (
    id integer NOT NULL,
    created timestamp with time zone NOT NULL,
    sent timestamp with time zone,
    key character varying(64) NOT NULL,
    email_address_id integer NOT NULL
);


ALTER TABLE public.account_emailconfirmation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailconfirmation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.auth_group (
    id integer NOT NULL,
    name character varying(150) NOT NULL
);


ALTER TABLE public.auth_group ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.auth_group_permissions (
    id bigint NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL
);


ALTER TABLE public.auth_group_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.auth_permission (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    content_type_id integer NOT NULL,
    codename character varying(100) NOT NULL
);


ALTER TABLE public.auth_permission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_permission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.auth_user (
    id integer NOT NULL,
    password character varying(128) NOT NULL,
    last_login timestamp with time zone,
    is_superuser boolean NOT NULL,
    username character varying(150) NOT NULL,
    first_name character varying(150) NOT NULL,
    last_name character varying(150) NOT NULL,
    email character varying(254) NOT NULL,
    is_staff boolean NOT NULL,
    is_active boolean NOT NULL,
    date_joined timestamp with time zone NOT NULL
);


CREATE TABLE public.auth_user_groups (
    id bigint NOT NULL,
    user_id integer NOT NULL,
    group_id integer NOT NULL
);


ALTER TABLE public.auth_user_groups ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_user_groups_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


ALTER TABLE public.auth_user ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_user_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.auth_user_user_permissions (
    id bigint NOT NULL,
    user_id integer NOT NULL,
    permission_id integer NOT NULL
);


ALTER TABLE public.auth_user_user_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_user_user_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.campaign_allowance (
    id bigint NOT NULL,
    day date NOT NULL,
    fingerprint character varying(64) NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id integer NOT NULL,
    delivery_id bigint NOT NULL
);


ALTER TABLE public.campaign_allowance ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.campaign_allowance_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.campaign_attempt (
    id bigint NOT NULL,
    number integer NOT NULL,
    part integer NOT NULL,
    worker character varying(100) NOT NULL,
    text text NOT NULL,
    started_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    outcome character varying(20) NOT NULL,
    status character varying(20) NOT NULL,
    detail text NOT NULL,
    remote_id character varying(200) NOT NULL,
    url text NOT NULL,
    delivery_id bigint NOT NULL,
    clock_ahead bigint,
    link text DEFAULT ''::text NOT NULL,
    CONSTRAINT campaign_attempt_number_check CHECK ((number >= 0)),
    CONSTRAINT campaign_attempt_part_check CHECK ((part >= 0))
);


ALTER TABLE public.campaign_attempt ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.campaign_attempt_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.campaign_attempt_words (
    id bigint NOT NULL,
    words tsvector NOT NULL
);


CREATE TABLE public.campaign_calledwrong (
    id bigint NOT NULL,
    code character varying(50) NOT NULL,
    digest character varying(64) NOT NULL,
    sentence text NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id integer NOT NULL,
    post_id bigint NOT NULL
);


ALTER TABLE public.campaign_calledwrong ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.campaign_calledwrong_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.campaign_channelstate (
    id bigint NOT NULL,
    name character varying(100) NOT NULL,
    owner character varying(100) NOT NULL,
    lease_until timestamp with time zone,
    rest_until timestamp with time zone,
    rest_reason text NOT NULL,
    troubles integer NOT NULL,
    test_problem text NOT NULL,
    tested_at timestamp with time zone,
    look_at timestamp with time zone,
    look_problem text DEFAULT ''::text NOT NULL,
    look_since timestamp with time zone,
    clock_ahead bigint DEFAULT 0 NOT NULL,
    CONSTRAINT campaign_channelstate_troubles_check CHECK ((troubles >= 0))
);


ALTER TABLE public.campaign_channelstate ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.campaign_channelstate_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.campaign_closing (
    id bigint NOT NULL,
    campaign character varying(100) NOT NULL,
    at timestamp with time zone NOT NULL,
    opened_at timestamp with time zone,
    by_id integer NOT NULL,
    opened_by_id integer
);


ALTER TABLE public.campaign_closing ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.campaign_closing_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.campaign_consent (
    id bigint NOT NULL,
    number integer NOT NULL,
    channels text NOT NULL,
    languages character varying(100) NOT NULL,
    purposes character varying(200) NOT NULL,
    identity character varying(20) NOT NULL,
    named_as_sealed text NOT NULL,
    pictures boolean NOT NULL,
    details text NOT NULL,
    edits character varying(30) NOT NULL,
    given_on date NOT NULL,
    valid_from date NOT NULL,
    valid_until date NOT NULL,
    if_ill character varying(20) NOT NULL,
    if_died character varying(20) NOT NULL,
    told text NOT NULL,
    form_version character varying(50) NOT NULL,
    form_language character varying(10) NOT NULL,
    form_digest character varying(64) NOT NULL,
    method character varying(20) NOT NULL,
    proof_digest character varying(64) NOT NULL,
    collected_by character varying(150) NOT NULL,
    at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    storyteller_id bigint NOT NULL,
    if_ended character varying(20) DEFAULT 'keep'::character varying NOT NULL,
    second_voice character varying(10) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT campaign_consent_number_check CHECK ((number >= 0))
);


ALTER TABLE public.campaign_consent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.campaign_consent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.campaign_correction (
    id bigint NOT NULL,
    first_id bigint NOT NULL,
    post_id bigint NOT NULL
);


ALTER TABLE public.campaign_correction ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.campaign_correction_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.campaign_delivery (
    id bigint NOT NULL,
    channel character varying(100) NOT NULL,
    network character varying(30) NOT NULL,
    language character varying(10) NOT NULL,
    status character varying(20) NOT NULL,
    reason text NOT NULL,
    "when" character varying(100) NOT NULL,
    planned_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    latest_at timestamp with time zone NOT NULL,
    next_at timestamp with time zone NOT NULL,
    text text NOT NULL,
    fingerprint character varying(64) NOT NULL,
    facts text NOT NULL,
    approved_fingerprint character varying(64) NOT NULL,
    approved_at timestamp with time zone,
    claimed_by character varying(100) NOT NULL,
    tries integer NOT NULL,
    remote_id character varying(200) NOT NULL,
    url text NOT NULL,
    part_ids text NOT NULL,
    pictures text NOT NULL,
    published_at timestamp with time zone,
    look_at timestamp with time zone,
    looks integer NOT NULL,
    approved_by_id integer,
    post_id bigint NOT NULL,
    approved_text text NOT NULL,
    for_day character varying(100) DEFAULT ''::character varying NOT NULL,
    link text DEFAULT ''::text NOT NULL,
    CONSTRAINT campaign_delivery_looks_check CHECK ((looks >= 0)),
    CONSTRAINT campaign_delivery_tries_check CHECK ((tries >= 0)),
    CONSTRAINT known_status CHECK (((status)::text = ANY ((ARRAY['draft'::character varying, 'queued'::character varying, 'sending'::character varying, 'published'::character varying, 'failed'::character varying, 'unconfirmed'::character varying, 'missed'::character varying, 'cancelled'::character varying, 'withdrawn'::character varying, 'removed'::character varying])::text[])))
);


ALTER TABLE public.campaign_delivery ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.campaign_delivery_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.campaign_delivery_words (
    id bigint NOT NULL,
    words tsvector NOT NULL
);


CREATE TABLE public.campaign_draft (
    id bigint NOT NULL,
    based_on integer NOT NULL,
    fields text NOT NULL,
    saved_at timestamp with time zone NOT NULL,
    post_id bigint NOT NULL,
    user_id integer NOT NULL,
    CONSTRAINT campaign_draft_based_on_check CHECK ((based_on >= 0))
);


ALTER TABLE public.campaign_draft ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.campaign_draft_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.campaign_event (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    actor character varying(150) NOT NULL,
    action character varying(50) NOT NULL,
    from_status character varying(20) NOT NULL,
    to_status character varying(20) NOT NULL,
    reason text NOT NULL,
    delivery_id bigint,
    post_id bigint
);


ALTER TABLE public.campaign_event ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.campaign_event_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.campaign_event_words (
    id bigint NOT NULL,
    words tsvector NOT NULL
);


CREATE TABLE public.campaign_evergreen (
    id bigint NOT NULL,
    name character varying(100) NOT NULL,
    every integer NOT NULL,
    rest integer NOT NULL,
    until date,
    is_on boolean NOT NULL,
    made_at timestamp with time zone NOT NULL,
    form character varying(100),
    made_by_id integer NOT NULL,
    CONSTRAINT campaign_evergreen_every_check CHECK ((every >= 0)),
    CONSTRAINT campaign_evergreen_rest_check CHECK ((rest >= 0))
);


ALTER TABLE public.campaign_evergreen ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.campaign_evergreen_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.campaign_fact (
    id bigint NOT NULL,
    key character varying(100) NOT NULL,
    status character varying(20) NOT NULL,
    review_by date NOT NULL,
    waits_for_eyes boolean DEFAULT false NOT NULL
);


ALTER TABLE public.campaign_fact ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.campaign_fact_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.campaign_finalword (
    id bigint NOT NULL,
    fingerprint character varying(64) NOT NULL,
    answer character varying(10) NOT NULL,
    remark_sealed text NOT NULL,
    recorded_by character varying(150) NOT NULL,
    at timestamp with time zone NOT NULL,
    consent_id bigint NOT NULL,
    delivery_id bigint NOT NULL,
    change character varying(20) DEFAULT ''::character varying NOT NULL,
    saw_change boolean DEFAULT false NOT NULL,
    is_second boolean DEFAULT false NOT NULL
);


ALTER TABLE public.campaign_finalword ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.campaign_finalword_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.campaign_hand (
    id bigint NOT NULL,
    source character varying(20) NOT NULL,
    raised_at timestamp with time zone NOT NULL,
    told_at timestamp with time zone,
    is_reminded boolean NOT NULL,
    in_touch_at timestamp with time zone,
    in_touch_by character varying(150) NOT NULL,
    post_id bigint,
    storyteller_id bigint
);


ALTER TABLE public.campaign_hand ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.campaign_hand_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.campaign_incident (
    id bigint NOT NULL,
    number integer NOT NULL,
    version integer NOT NULL,
    found_on date NOT NULL,
    happened character varying(200) NOT NULL,
    what text NOT NULL,
    data text NOT NULL,
    people character varying(100) NOT NULL,
    is_serious boolean NOT NULL,
    why text NOT NULL,
    cai_on date,
    opc_on date,
    people_on date,
    notice text NOT NULL,
    done text NOT NULL,
    closed_on date,
    by character varying(150) NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT campaign_incident_number_check CHECK ((number >= 0)),
    CONSTRAINT campaign_incident_version_check CHECK ((version >= 0))
);


ALTER TABLE public.campaign_incident ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.campaign_incident_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.campaign_installation (
    id bigint NOT NULL,
    key character varying(32) NOT NULL,
    made_at timestamp with time zone NOT NULL
);


ALTER TABLE public.campaign_installation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.campaign_installation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.campaign_invitation (
    id bigint NOT NULL,
    email character varying(254) NOT NULL,
    role character varying(20) NOT NULL,
    digest character varying(64) NOT NULL,
    at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    accepted_at timestamp with time zone,
    revoked_at timestamp with time zone,
    accepted_by_id integer,
    by_id integer NOT NULL
);


ALTER TABLE public.campaign_invitation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.campaign_invitation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.campaign_leftover (
    id bigint NOT NULL,
    kind character varying(20) NOT NULL,
    place text NOT NULL,
    since timestamp with time zone NOT NULL,
    next_at timestamp with time zone NOT NULL,
    tries integer NOT NULL,
    problem text NOT NULL,
    storyteller_id bigint,
    CONSTRAINT campaign_leftover_tries_check CHECK ((tries >= 0))
);


ALTER TABLE public.campaign_leftover ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.campaign_leftover_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.campaign_linkedpage (
    id bigint NOT NULL,
    digest character varying(64) NOT NULL,
    address text NOT NULL,
    title text NOT NULL,
    words text NOT NULL,
    picture bytea NOT NULL,
    problem text NOT NULL,
    read_at timestamp with time zone NOT NULL
);


ALTER TABLE public.campaign_linkedpage ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.campaign_linkedpage_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.campaign_lockedpicture (
    id bigint NOT NULL,
    digest character varying(64) NOT NULL,
    at timestamp with time zone NOT NULL,
    storyteller_id bigint NOT NULL
);


ALTER TABLE public.campaign_lockedpicture ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.campaign_lockedpicture_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.campaign_pause (
    id bigint NOT NULL,
    campaign character varying(100) NOT NULL,
    channel character varying(100) NOT NULL,
    reason text NOT NULL,
    started_by character varying(150) NOT NULL,
    started_at timestamp with time zone NOT NULL,
    ended_by character varying(150) NOT NULL,
    ended_at timestamp with time zone,
    language character varying(10) NOT NULL,
    until timestamp with time zone,
    except_help boolean DEFAULT false NOT NULL
);


ALTER TABLE public.campaign_pause ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.campaign_pause_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.campaign_post (
    id bigint NOT NULL,
    key character varying(200) NOT NULL,
    campaign character varying(100) NOT NULL,
    name character varying(100) NOT NULL,
    kind character varying(20) NOT NULL,
    example boolean NOT NULL,
    storyteller character varying(100) NOT NULL,
    consent_from date,
    consent_until date,
    consent_channels text NOT NULL,
    loaded_at timestamp with time zone NOT NULL,
    author_id integer,
    editor_id integer,
    file_digest character varying(64) NOT NULL,
    stage character varying(20) NOT NULL,
    stage_reason text NOT NULL,
    title character varying(200) NOT NULL,
    version integer NOT NULL,
    was_story boolean DEFAULT false NOT NULL,
    form character varying(100),
    emptied_at timestamp with time zone,
    consent_purpose character varying(20) DEFAULT 'awareness'::character varying NOT NULL,
    is_help boolean DEFAULT false NOT NULL,
    series_id bigint,
    CONSTRAINT campaign_post_version_check CHECK ((version >= 0)),
    CONSTRAINT known_stage CHECK (((stage)::text = ANY ((ARRAY['writing'::character varying, 'submitted'::character varying, 'returned'::character varying, 'taken_back'::character varying, 'planned'::character varying])::text[])))
);


ALTER TABLE public.campaign_post ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.campaign_post_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.campaign_post_words (
    id bigint NOT NULL,
    words tsvector NOT NULL
);


CREATE TABLE public.campaign_profile (
    id bigint NOT NULL,
    language character varying(10) NOT NULL,
    feed_digest character varying(64) NOT NULL,
    user_id integer NOT NULL,
    generation integer DEFAULT 0 NOT NULL,
    CONSTRAINT campaign_profile_generation_check CHECK ((generation >= 0))
);


ALTER TABLE public.campaign_profile ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.campaign_profile_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.campaign_quietday (
    id bigint NOT NULL,
    key character varying(100) NOT NULL,
    rule character varying(100) NOT NULL,
    dates text NOT NULL
);


ALTER TABLE public.campaign_quietday ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.campaign_quietday_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.campaign_repetition (
    id bigint NOT NULL,
    channel character varying(100) NOT NULL,
    slot timestamp with time zone NOT NULL,
    evergreen_id bigint NOT NULL,
    post_id bigint NOT NULL,
    variant_id bigint NOT NULL
);


ALTER TABLE public.campaign_repetition ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.campaign_repetition_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.campaign_replacement (
    id bigint NOT NULL,
    next_at timestamp with time zone,
    tries integer NOT NULL,
    correction_id bigint NOT NULL,
    delivery_id bigint NOT NULL,
    CONSTRAINT campaign_replacement_tries_check CHECK ((tries >= 0))
);


ALTER TABLE public.campaign_replacement ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.campaign_replacement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.campaign_secondcopy (
    id bigint NOT NULL,
    remote_id character varying(200) NOT NULL,
    url text NOT NULL,
    at timestamp with time zone NOT NULL,
    next_at timestamp with time zone NOT NULL,
    tries integer NOT NULL,
    ended_at timestamp with time zone,
    problem text NOT NULL,
    delivery_id bigint NOT NULL,
    CONSTRAINT campaign_secondcopy_tries_check CHECK ((tries >= 0))
);


ALTER TABLE public.campaign_secondcopy ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.campaign_secondcopy_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.campaign_series (
    id bigint NOT NULL,
    name character varying(200) NOT NULL,
    campaign character varying(100) NOT NULL,
    begun_at timestamp with time zone NOT NULL,
    made_at timestamp with time zone,
    typed text NOT NULL,
    form character varying(100),
    by_id integer NOT NULL
);


ALTER TABLE public.campaign_series ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.campaign_series_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.campaign_shared (
    id bigint NOT NULL,
    kind character varying(20) NOT NULL,
    key character varying(100) NOT NULL,
    number integer NOT NULL,
    source text NOT NULL,
    at timestamp with time zone NOT NULL,
    confirmed_at timestamp with time zone,
    by_id integer NOT NULL,
    confirmed_by_id integer,
    CONSTRAINT campaign_shared_number_check CHECK ((number >= 0))
);


ALTER TABLE public.campaign_shared ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.campaign_shared_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.campaign_shownpage (
    id bigint NOT NULL,
    digest character varying(64) NOT NULL,
    language character varying(10) NOT NULL,
    words text NOT NULL,
    first_at timestamp with time zone NOT NULL
);


ALTER TABLE public.campaign_shownpage ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.campaign_shownpage_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.campaign_storyteller (
    id bigint NOT NULL,
    reference character varying(20) NOT NULL,
    name_sealed text NOT NULL,
    contact_sealed text NOT NULL,
    language character varying(10) NOT NULL,
    held_at timestamp with time zone,
    held_by character varying(150) NOT NULL,
    hold_reason character varying(20) NOT NULL,
    withdrawn_at timestamp with time zone,
    erased_at timestamp with time zone,
    made_at timestamp with time zone NOT NULL,
    made_by character varying(150) NOT NULL,
    consent_number integer NOT NULL,
    link_digest character varying(64) NOT NULL,
    link_at timestamp with time zone,
    form character varying(100),
    is_aside boolean DEFAULT false NOT NULL,
    adult_on date,
    answers_at timestamp with time zone,
    answers_sealed text DEFAULT ''::text NOT NULL,
    party character varying(20) DEFAULT 'self'::character varying NOT NULL,
    reminded_at timestamp with time zone,
    speaker_sealed text DEFAULT ''::text NOT NULL,
    trusted_sealed text DEFAULT ''::text NOT NULL,
    trusted_told_at timestamp with time zone,
    CONSTRAINT campaign_storyteller_consent_number_check CHECK ((consent_number >= 0))
);


ALTER TABLE public.campaign_storyteller ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.campaign_storyteller_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.campaign_stray (
    id bigint NOT NULL,
    channel character varying(100) NOT NULL,
    remote_id character varying(200) NOT NULL,
    url text NOT NULL,
    at timestamp with time zone NOT NULL,
    words character varying(64) NOT NULL,
    links character varying(64) NOT NULL
);


ALTER TABLE public.campaign_stray ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.campaign_stray_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.campaign_takedown (
    id bigint NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    next_at timestamp with time zone NOT NULL,
    tries integer NOT NULL,
    gone_at timestamp with time zone,
    by_hand boolean NOT NULL,
    due_by timestamp with time zone,
    done_by character varying(150) NOT NULL,
    problem text NOT NULL,
    delivery_id bigint NOT NULL,
    withdrawal_id bigint NOT NULL,
    CONSTRAINT campaign_takedown_tries_check CHECK ((tries >= 0))
);


ALTER TABLE public.campaign_takedown ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.campaign_takedown_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.campaign_takingback (
    id bigint NOT NULL,
    scope character varying(120) NOT NULL,
    via character varying(20) NOT NULL,
    by character varying(150) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    decided_by character varying(150) NOT NULL,
    storyteller_id bigint NOT NULL
);


ALTER TABLE public.campaign_takingback ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.campaign_takingback_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.campaign_tally (
    id bigint NOT NULL,
    key character varying(64) NOT NULL,
    number integer NOT NULL,
    until timestamp with time zone NOT NULL,
    CONSTRAINT campaign_tally_number_check CHECK ((number >= 0))
);


ALTER TABLE public.campaign_tally ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.campaign_tally_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.campaign_upload (
    id bigint NOT NULL,
    digest character varying(64) NOT NULL,
    media_type character varying(20) NOT NULL,
    width integer NOT NULL,
    height integer NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id integer,
    post_id bigint,
    cut_from character varying(64) DEFAULT ''::character varying NOT NULL,
    people character varying(10) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT campaign_upload_height_check CHECK ((height >= 0)),
    CONSTRAINT campaign_upload_width_check CHECK ((width >= 0))
);


ALTER TABLE public.campaign_upload ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.campaign_upload_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.campaign_variant (
    id bigint NOT NULL,
    added_at timestamp with time zone NOT NULL,
    allowed_at timestamp with time zone,
    frozen text NOT NULL,
    problem text NOT NULL,
    left_at timestamp with time zone,
    added_by_id integer NOT NULL,
    allowed_by_id integer,
    evergreen_id bigint NOT NULL,
    post_id bigint NOT NULL
);


ALTER TABLE public.campaign_variant ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.campaign_variant_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.campaign_version (
    id bigint NOT NULL,
    number integer NOT NULL,
    source text NOT NULL,
    folder text NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id integer,
    post_id bigint NOT NULL,
    CONSTRAINT campaign_version_number_check CHECK ((number >= 0))
);


ALTER TABLE public.campaign_version ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.campaign_version_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.campaign_withdrawal (
    id bigint NOT NULL,
    scope character varying(120) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    via character varying(20) NOT NULL,
    received_by character varying(150) NOT NULL,
    pulled integer NOT NULL,
    storyteller_id bigint NOT NULL,
    emptied_at timestamp with time zone,
    CONSTRAINT campaign_withdrawal_pulled_check CHECK ((pulled >= 0))
);


ALTER TABLE public.campaign_withdrawal ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.campaign_withdrawal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.django_content_type (
    id integer NOT NULL,
    app_label character varying(100) NOT NULL,
    model character varying(100) NOT NULL
);


ALTER TABLE public.django_content_type ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_content_type_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);


ALTER TABLE public.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.django_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL
);


CREATE TABLE public.mfa_authenticator (
    id bigint NOT NULL,
    type character varying(20) NOT NULL,
    data jsonb NOT NULL,
    user_id integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone
);


ALTER TABLE public.mfa_authenticator ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.mfa_authenticator_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


INSERT INTO public.auth_group VALUES
	(1, 'volunteer'),
	(2, 'staff'),
	(3, 'admin');


INSERT INTO public.auth_permission VALUES
	(1, 'Can add content type', 1, 'add_contenttype'),
	(2, 'Can change content type', 1, 'change_contenttype'),
	(3, 'Can delete content type', 1, 'delete_contenttype'),
	(4, 'Can view content type', 1, 'view_contenttype'),
	(5, 'Can add permission', 2, 'add_permission'),
	(6, 'Can change permission', 2, 'change_permission'),
	(7, 'Can delete permission', 2, 'delete_permission'),
	(8, 'Can view permission', 2, 'view_permission'),
	(9, 'Can add group', 3, 'add_group'),
	(10, 'Can change group', 3, 'change_group'),
	(11, 'Can delete group', 3, 'delete_group'),
	(12, 'Can view group', 3, 'view_group'),
	(13, 'Can add user', 4, 'add_user'),
	(14, 'Can change user', 4, 'change_user'),
	(15, 'Can delete user', 4, 'delete_user'),
	(16, 'Can view user', 4, 'view_user'),
	(17, 'Can add session', 5, 'add_session'),
	(18, 'Can change session', 5, 'change_session'),
	(19, 'Can delete session', 5, 'delete_session'),
	(20, 'Can view session', 5, 'view_session'),
	(21, 'Can add channel state', 6, 'add_channelstate'),
	(22, 'Can change channel state', 6, 'change_channelstate'),
	(23, 'Can delete channel state', 6, 'delete_channelstate'),
	(24, 'Can view channel state', 6, 'view_channelstate'),
	(25, 'Can add fact', 7, 'add_fact'),
	(26, 'Can change fact', 7, 'change_fact'),
	(27, 'Can delete fact', 7, 'delete_fact'),
	(28, 'Can view fact', 7, 'view_fact'),
	(29, 'Can add pause', 8, 'add_pause'),
	(30, 'Can change pause', 8, 'change_pause'),
	(31, 'Can delete pause', 8, 'delete_pause'),
	(32, 'Can view pause', 8, 'view_pause'),
	(33, 'Can add delivery', 9, 'add_delivery'),
	(34, 'Can change delivery', 9, 'change_delivery'),
	(35, 'Can delete delivery', 9, 'delete_delivery'),
	(36, 'Can view delivery', 9, 'view_delivery'),
	(37, 'Can add event', 10, 'add_event'),
	(38, 'Can change event', 10, 'change_event'),
	(39, 'Can delete event', 10, 'delete_event'),
	(40, 'Can view event', 10, 'view_event'),
	(41, 'Can add post', 11, 'add_post'),
	(42, 'Can change post', 11, 'change_post'),
	(43, 'Can delete post', 11, 'delete_post'),
	(44, 'Can view post', 11, 'view_post'),
	(45, 'Can add attempt', 12, 'add_attempt'),
	(46, 'Can change attempt', 12, 'change_attempt'),
	(47, 'Can delete attempt', 12, 'delete_attempt'),
	(48, 'Can view attempt', 12, 'view_attempt'),
	(49, 'Can add draft', 13, 'add_draft'),
	(50, 'Can change draft', 13, 'change_draft'),
	(51, 'Can delete draft', 13, 'delete_draft'),
	(52, 'Can view draft', 13, 'view_draft'),
	(53, 'Can add invitation', 14, 'add_invitation'),
	(54, 'Can change invitation', 14, 'change_invitation'),
	(55, 'Can delete invitation', 14, 'delete_invitation'),
	(56, 'Can view invitation', 14, 'view_invitation'),
	(57, 'Can add profile', 15, 'add_profile'),
	(58, 'Can change profile', 15, 'change_profile'),
	(59, 'Can delete profile', 15, 'delete_profile'),
	(60, 'Can view profile', 15, 'view_profile'),
	(61, 'Can add upload', 16, 'add_upload'),
	(62, 'Can change upload', 16, 'change_upload'),
	(63, 'Can delete upload', 16, 'delete_upload'),
	(64, 'Can view upload', 16, 'view_upload'),
	(65, 'Can add version', 17, 'add_version'),
	(66, 'Can change version', 17, 'change_version'),
	(67, 'Can delete version', 17, 'delete_version'),
	(68, 'Can view version', 17, 'view_version'),
	(69, 'Can add consent', 18, 'add_consent'),
	(70, 'Can change consent', 18, 'change_consent'),
	(71, 'Can delete consent', 18, 'delete_consent'),
	(72, 'Can view consent', 18, 'view_consent'),
	(73, 'Can add final word', 19, 'add_finalword'),
	(74, 'Can change final word', 19, 'change_finalword'),
	(75, 'Can delete final word', 19, 'delete_finalword'),
	(76, 'Can view final word', 19, 'view_finalword'),
	(77, 'Can add locked picture', 20, 'add_lockedpicture'),
	(78, 'Can change locked picture', 20, 'change_lockedpicture'),
	(79, 'Can delete locked picture', 20, 'delete_lockedpicture'),
	(80, 'Can view locked picture', 20, 'view_lockedpicture'),
	(81, 'Can add storyteller', 21, 'add_storyteller'),
	(82, 'Can change storyteller', 21, 'change_storyteller'),
	(83, 'Can delete storyteller', 21, 'delete_storyteller'),
	(84, 'Can view storyteller', 21, 'view_storyteller'),
	(85, 'Can add takedown', 22, 'add_takedown'),
	(86, 'Can change takedown', 22, 'change_takedown'),
	(87, 'Can delete takedown', 22, 'delete_takedown'),
	(88, 'Can view takedown', 22, 'view_takedown'),
	(89, 'Can add withdrawal', 23, 'add_withdrawal'),
	(90, 'Can change withdrawal', 23, 'change_withdrawal'),
	(91, 'Can delete withdrawal', 23, 'delete_withdrawal'),
	(92, 'Can view withdrawal', 23, 'view_withdrawal'),
	(93, 'Can add second copy', 24, 'add_secondcopy'),
	(94, 'Can change second copy', 24, 'change_secondcopy'),
	(95, 'Can delete second copy', 24, 'delete_secondcopy'),
	(96, 'Can view second copy', 24, 'view_secondcopy'),
	(97, 'Can add installation', 25, 'add_installation'),
	(98, 'Can change installation', 25, 'change_installation'),
	(99, 'Can delete installation', 25, 'delete_installation'),
	(100, 'Can view installation', 25, 'view_installation'),
	(101, 'Can add stray', 26, 'add_stray'),
	(102, 'Can change stray', 26, 'change_stray'),
	(103, 'Can delete stray', 26, 'delete_stray'),
	(104, 'Can view stray', 26, 'view_stray'),
	(105, 'Can add taking back', 27, 'add_takingback'),
	(106, 'Can change taking back', 27, 'change_takingback'),
	(107, 'Can delete taking back', 27, 'delete_takingback'),
	(108, 'Can view taking back', 27, 'view_takingback'),
	(109, 'Can add tally', 28, 'add_tally'),
	(110, 'Can change tally', 28, 'change_tally'),
	(111, 'Can delete tally', 28, 'delete_tally'),
	(112, 'Can view tally', 28, 'view_tally'),
	(113, 'Can add leftover', 29, 'add_leftover'),
	(114, 'Can change leftover', 29, 'change_leftover'),
	(115, 'Can delete leftover', 29, 'delete_leftover'),
	(116, 'Can view leftover', 29, 'view_leftover'),
	(117, 'Can add called wrong', 30, 'add_calledwrong'),
	(118, 'Can change called wrong', 30, 'change_calledwrong'),
	(119, 'Can delete called wrong', 30, 'delete_calledwrong'),
	(120, 'Can view called wrong', 30, 'view_calledwrong'),
	(121, 'Can add shown page', 31, 'add_shownpage'),
	(122, 'Can change shown page', 31, 'change_shownpage'),
	(123, 'Can delete shown page', 31, 'delete_shownpage'),
	(124, 'Can view shown page', 31, 'view_shownpage'),
	(125, 'Can add incident', 32, 'add_incident'),
	(126, 'Can change incident', 32, 'change_incident'),
	(127, 'Can delete incident', 32, 'delete_incident'),
	(128, 'Can view incident', 32, 'view_incident'),
	(129, 'Can add hand', 33, 'add_hand'),
	(130, 'Can change hand', 33, 'change_hand'),
	(131, 'Can delete hand', 33, 'delete_hand'),
	(132, 'Can view hand', 33, 'view_hand'),
	(133, 'Can add quiet day', 34, 'add_quietday'),
	(134, 'Can change quiet day', 34, 'change_quietday'),
	(135, 'Can delete quiet day', 34, 'delete_quietday'),
	(136, 'Can view quiet day', 34, 'view_quietday'),
	(137, 'Can add allowance', 35, 'add_allowance'),
	(138, 'Can change allowance', 35, 'change_allowance'),
	(139, 'Can delete allowance', 35, 'delete_allowance'),
	(140, 'Can view allowance', 35, 'view_allowance'),
	(141, 'Can add shared', 36, 'add_shared'),
	(142, 'Can change shared', 36, 'change_shared'),
	(143, 'Can delete shared', 36, 'delete_shared'),
	(144, 'Can view shared', 36, 'view_shared'),
	(145, 'Can add series', 37, 'add_series'),
	(146, 'Can change series', 37, 'change_series'),
	(147, 'Can delete series', 37, 'delete_series'),
	(148, 'Can view series', 37, 'view_series'),
	(149, 'Can add linked page', 38, 'add_linkedpage'),
	(150, 'Can change linked page', 38, 'change_linkedpage'),
	(151, 'Can delete linked page', 38, 'delete_linkedpage'),
	(152, 'Can view linked page', 38, 'view_linkedpage'),
	(153, 'Can add closing', 39, 'add_closing'),
	(154, 'Can change closing', 39, 'change_closing'),
	(155, 'Can delete closing', 39, 'delete_closing'),
	(156, 'Can view closing', 39, 'view_closing'),
	(157, 'Can add evergreen', 40, 'add_evergreen'),
	(158, 'Can change evergreen', 40, 'change_evergreen'),
	(159, 'Can delete evergreen', 40, 'delete_evergreen'),
	(160, 'Can view evergreen', 40, 'view_evergreen'),
	(161, 'Can add variant', 41, 'add_variant'),
	(162, 'Can change variant', 41, 'change_variant'),
	(163, 'Can delete variant', 41, 'delete_variant'),
	(164, 'Can view variant', 41, 'view_variant'),
	(165, 'Can add repetition', 42, 'add_repetition'),
	(166, 'Can change repetition', 42, 'change_repetition'),
	(167, 'Can delete repetition', 42, 'delete_repetition'),
	(168, 'Can view repetition', 42, 'view_repetition'),
	(169, 'Can add correction', 43, 'add_correction'),
	(170, 'Can change correction', 43, 'change_correction'),
	(171, 'Can delete correction', 43, 'delete_correction'),
	(172, 'Can view correction', 43, 'view_correction'),
	(173, 'Can add replacement', 44, 'add_replacement'),
	(174, 'Can change replacement', 44, 'change_replacement'),
	(175, 'Can delete replacement', 44, 'delete_replacement'),
	(176, 'Can view replacement', 44, 'view_replacement'),
	(177, 'Can add email address', 45, 'add_emailaddress'),
	(178, 'Can change email address', 45, 'change_emailaddress'),
	(179, 'Can delete email address', 45, 'delete_emailaddress'),
	(180, 'Can view email address', 45, 'view_emailaddress'),
	(181, 'Can add email confirmation', 46, 'add_emailconfirmation'),
	(182, 'Can change email confirmation', 46, 'change_emailconfirmation'),
	(183, 'Can delete email confirmation', 46, 'delete_emailconfirmation'),
	(184, 'Can view email confirmation', 46, 'view_emailconfirmation'),
	(185, 'Can add authenticator', 47, 'add_authenticator'),
	(186, 'Can change authenticator', 47, 'change_authenticator'),
	(187, 'Can delete authenticator', 47, 'delete_authenticator'),
	(188, 'Can view authenticator', 47, 'view_authenticator');


INSERT INTO public.auth_user VALUES
	(1, '!fake', NULL, true, 'ana', '', '', '', true, true, '2027-09-01 08:00:00-04'),
	(2, '!fake', NULL, false, 'bob', '', '', '', false, true, '2027-09-01 08:00:00-04'),
	(3, '!fake', NULL, false, 'véra', '', '', '', false, true, '2027-09-01 08:00:00-04');


INSERT INTO public.auth_user_groups VALUES
	(1, 1, 3),
	(2, 2, 2),
	(3, 3, 1);


INSERT INTO public.campaign_allowance VALUES
	(1, '2027-11-11', '15df7892d5fe0933745407b5941015caa282e19df3229d5b062437ad4a3be7a0', '2027-09-01 12:00:00-04', 1, 15);


INSERT INTO public.campaign_attempt VALUES
	(1, 1, 1, 'a-machine/0/1:1:0', 'Listen first.', '2027-09-01 09:00:00-04', '2027-09-01 09:00:00-04', 'published', 'published', '', '1234567890_1002', 'https://www.facebook.com/1234567890/posts/1002', 1, NULL, ''),
	(2, 1, 1, 'a-machine/0/1:1:0', 'Listen first.', '2027-09-01 09:00:00-04', '2027-09-01 09:00:00-04', 'published', 'published', '', '1445880548472328193', 'https://x.com/i/web/status/1445880548472328193', 2, NULL, ''),
	(3, 1, 1, 'a-machine/0/1:1:0', 'Écoutez d’abord, même à Noël.', '2027-09-01 09:00:00-04', '2027-09-01 09:00:00-04', 'published', 'published', '', '1445880548472328195', 'https://x.com/i/web/status/1445880548472328195', 3, NULL, ''),
	(4, 1, 1, 'a-machine/0/1:1:0', 'First part.', '2027-09-01 09:02:00-04', '2027-09-01 09:02:00-04', 'published', 'queued', '["Part {0} of {1} is out.", 1, 2]', '1445880548472328196', 'https://x.com/i/web/status/1445880548472328196', 4, NULL, ''),
	(5, 2, 2, 'a-machine/0/1:1:0', 'Second part.', '2027-09-01 09:02:00-04', '2027-09-01 09:02:00-04', 'published', 'published', '', '1445880548472328197', 'https://x.com/i/web/status/1445880548472328197', 4, NULL, ''),
	(6, 1, 1, 'a-machine/0/1:1:0', 'Said again.', '2027-09-01 09:05:00-04', '2027-09-01 09:05:00-04', 'refused', 'failed', '["X does not accept this post: {0}. Change it.", "“The text of this post is not allowed.”"]', '', '', 5, NULL, ''),
	(7, 1, 1, 'a-machine/0/1:1:0', 'An answer that is lost.', '2027-09-01 09:10:00-04', '2027-09-01 09:10:00-04', 'unconfirmed', 'unconfirmed', '["{0} did not give a whole answer ({1}): the post may be out, or not.", "X", ["the connection broke"]]', '', '', 6, NULL, ''),
	(8, 1, 1, 'a-machine/0/1:1:0', 'A network that is busy.', '2027-09-01 09:15:00-04', '2027-09-01 09:15:00-04', 'try_later', 'queued', '["X asks to wait ({0}): too many posts or calls in a short time. It goes on by itself.", "“Too Many Requests”"]', '', '', 7, NULL, ''),
	(9, 2, 1, 'a-machine/0/1:1:0', 'A network that is busy.', '2027-09-01 09:40:00-04', '2027-09-01 09:40:00-04', 'published', 'published', '', '1445880548472328199', 'https://x.com/i/web/status/1445880548472328199', 7, NULL, ''),
	(10, 1, 1, 'a-machine/0/1:1:0', 'Soon taken down.', '2027-09-01 09:40:00-04', '2027-09-01 09:40:00-04', 'published', 'published', '', '1445880548472328200', 'https://x.com/i/web/status/1445880548472328200', 9, NULL, ''),
	(11, 1, 1, 'a-machine/0/1:1:0', '', '2027-09-01 09:40:00-04', '2027-09-01 09:40:00-04', 'published', 'published', '', '1445880548472328202', 'https://x.com/i/web/status/1445880548472328202', 16, NULL, ''),
	(12, 1, 1, 'a-machine/0/1:1:0', '', '2027-09-01 09:40:00-04', '2027-09-01 09:40:00-04', 'published', 'published', '', '1445880548472328204', 'https://x.com/i/web/status/1445880548472328204', 17, NULL, ''),
	(13, 1, 1, 'a-machine/0/1:1:0', 'En route, là-bas.', '2027-09-01 08:00:00-04', NULL, '', 'sending', '', '', '', 11, NULL, '');


INSERT INTO public.campaign_attempt_words VALUES
	(4, '''0'' ''1'' ''2'' ''is'' ''of'' ''out'' ''part'''),
	(6, '''0'' ''accept'' ''allowed'' ''change'' ''does'' ''is'' ''it'' ''not'' ''of'' ''post'' ''text'' ''the'' ''this'' ''x'''),
	(7, '''0'' ''1'' ''a'' ''answer'' ''be'' ''broke'' ''connection'' ''did'' ''give'' ''may'' ''not'' ''or'' ''out'' ''post'' ''the'' ''whole'' ''x'''),
	(8, '''0'' ''a'' ''asks'' ''by'' ''calls'' ''goes'' ''in'' ''it'' ''itself'' ''many'' ''on'' ''or'' ''posts'' ''requests'' ''short'' ''time'' ''to'' ''too'' ''wait'' ''x''');


INSERT INTO public.campaign_calledwrong VALUES
	(1, 'fear', 'fake-00000000000000000000000000000000000000000000000000000000000', '["“{0}” frightens.", "déjà"]', '2027-09-01 08:00:00-04', 1, 14);


INSERT INTO public.campaign_channelstate VALUES
	(1, 'x-en', '', NULL, '2027-09-01 09:16:04.834933-04', '["X asks to wait ({0}): too many posts or calls in a short time. It goes on by itself.", "“Too Many Requests”"]', 0, '', NULL, NULL, '', NULL, 0),
	(2, 'x-fr', 'a-machine/0/1:1:0', '2027-09-01 08:01:00-04', NULL, '', 0, '', NULL, NULL, '', NULL, 0),
	(3, 'page-en', '', NULL, NULL, '', 0, '', NULL, '2027-09-01 08:00:00-04', 'Facebook did not answer.', '2027-09-01 08:00:00-04', 0);


INSERT INTO public.campaign_closing VALUES
	(1, 'été', '2027-09-01 08:00:00-04', NULL, 1, NULL);


INSERT INTO public.campaign_consent VALUES
	(1, 1, 'x-en x-fr', 'en fr', 'awareness', 'full_name', '', true, '', 'none', '2027-01-01', '2027-01-01', '2027-12-31', 'talk', 'talk', '', '', 'fr', 'c687d53b116e926185c48ca9b59d936107af5eff8c58c5513d847e5516723231', 'paper', '', 'anna', '2027-10-13 12:00:00-04', NULL, 1, 'keep', ''),
	(2, 1, 'x-en x-fr', 'en fr', 'awareness', 'full_name', '', true, '', 'none', '2027-01-01', '2027-01-01', '2027-12-31', 'talk', 'talk', '', '', 'fr', 'c687d53b116e926185c48ca9b59d936107af5eff8c58c5513d847e5516723231', 'paper', '', 'anna', '2027-10-13 12:00:00-04', '2027-09-01 12:00:00-04', 2, 'keep', '');


INSERT INTO public.campaign_correction VALUES
	(1, 1, 14);


INSERT INTO public.campaign_delivery VALUES
	(12, 'page-en', 'facebook', 'en', 'queued', '', 'mbc-day 09:00', '2027-10-13 09:00:00-04', '2027-10-13 09:00:00-04', '2027-10-13 15:00:00-04', '2027-10-13 09:00:00-04', 'It has spread.', '6ab5121029411f1b9b1a146c356e909c618c8f1606b05ed65faadad81fb62271', 'spread', '6ab5121029411f1b9b1a146c356e909c618c8f1606b05ed65faadad81fb62271', '2027-09-01 08:00:00-04', '', 0, '', '', '', '', NULL, NULL, 0, 2, 10, 'It has spread.', 'mbc-day', ''),
	(13, 'x-en', 'twitter', 'en', 'queued', '', 'mbc-day 09:00', '2027-10-13 09:00:00-04', '2027-10-13 09:00:00-04', '2027-10-13 15:00:00-04', '2027-10-13 09:00:00-04', 'It has spread.', '6ab5121029411f1b9b1a146c356e909c618c8f1606b05ed65faadad81fb62271', 'spread', '6ab5121029411f1b9b1a146c356e909c618c8f1606b05ed65faadad81fb62271', '2027-09-01 08:00:00-04', '', 0, '', '', '', '', NULL, NULL, 0, 2, 10, 'It has spread.', 'mbc-day', ''),
	(14, 'x-fr', 'twitter', 'fr', 'queued', '', 'mbc-day 09:00', '2027-10-13 09:00:00-04', '2027-10-13 09:00:00-04', '2027-10-13 15:00:00-04', '2027-10-13 09:00:00-04', 'Il s’est propagé.', '63289895d6e019087bf8f40e31335354c0517c9ab80b66d62d5a577a25885d21', 'spread', '63289895d6e019087bf8f40e31335354c0517c9ab80b66d62d5a577a25885d21', '2027-09-01 08:00:00-04', '', 0, '', '', '', '', NULL, NULL, 0, 2, 10, 'Il s’est propagé.', 'mbc-day', ''),
	(15, 'x-en', 'twitter', 'en', 'queued', '', '2027-11-11 12:00', '2027-11-11 12:00:00-05', '2027-11-11 12:00:00-05', '2027-11-11 18:00:00-05', '2027-11-11 12:00:00-05', 'We are here.', '15df7892d5fe0933745407b5941015caa282e19df3229d5b062437ad4a3be7a0', '', '15df7892d5fe0933745407b5941015caa282e19df3229d5b062437ad4a3be7a0', '2027-09-01 08:00:00-04', '', 0, '', '', '', '', NULL, NULL, 0, 2, 11, 'We are here.', '', ''),
	(18, 'x-fr', 'twitter', 'fr', 'draft', '', '2027-09-01 15:00', '2027-09-01 15:00:00-04', '2027-09-01 15:00:00-04', '2027-09-01 21:00:00-04', '2027-09-01 15:00:00-04', 'Personne ne l’a approuvé.', 'f3b3e426b28bc737c0b33fcf999e86d5f71c1333ac73c307fa2ace8c82a2f108', '', '', NULL, '', 0, '', '', '', '', NULL, NULL, 0, NULL, 14, '', '', ''),
	(1, 'page-en', 'facebook', 'en', 'published', '', '2027-09-01 09:00', '2027-09-01 09:00:00-04', '2027-09-01 09:00:00-04', '2027-09-01 15:00:00-04', '2027-09-01 09:00:00-04', 'Listen first.', 'c34d88d6c1e8e5acf2861f531c65ee6a5f16cd7955658def992e31a7805ee790', '', 'c34d88d6c1e8e5acf2861f531c65ee6a5f16cd7955658def992e31a7805ee790', '2027-09-01 08:00:00-04', '', 0, '1234567890_1002', 'https://www.facebook.com/1234567890/posts/1002', '1234567890_1002', '[{"alt": "A garden.", "file": "/srv/campaign/posts/know/jardin.png", "sha256": "b786e8bf59ddc72d8cd39422187fe608d412d494dd36ee859665ce73f553f008"}]', '2027-09-01 09:00:00-04', NULL, 0, 2, 1, 'Listen first.', '', ''),
	(2, 'x-en', 'twitter', 'en', 'published', '', '2027-09-01 09:00', '2027-09-01 09:00:00-04', '2027-09-01 09:00:00-04', '2027-09-01 15:00:00-04', '2027-09-01 09:00:00-04', 'Listen first.', 'c34d88d6c1e8e5acf2861f531c65ee6a5f16cd7955658def992e31a7805ee790', '', 'c34d88d6c1e8e5acf2861f531c65ee6a5f16cd7955658def992e31a7805ee790', '2027-09-01 08:00:00-04', '', 0, '1445880548472328193', 'https://x.com/i/web/status/1445880548472328193', '1445880548472328193', '[{"alt": "A garden.", "file": "/srv/campaign/posts/know/jardin.png", "sha256": "b786e8bf59ddc72d8cd39422187fe608d412d494dd36ee859665ce73f553f008"}]', '2027-09-01 09:00:00-04', NULL, 0, 2, 1, 'Listen first.', '', ''),
	(4, 'x-en', 'twitter', 'en', 'published', '', '2027-09-01 09:02', '2027-09-01 09:02:00-04', '2027-09-01 09:02:00-04', '2027-09-01 15:02:00-04', '2027-09-01 09:02:00-04', 'First part.
---
Second part.', 'ac45ebe8b3f3a64c9c3b98743d86f19e75863728b7d9e500b31dd24cd6e286c6', '', 'ac45ebe8b3f3a64c9c3b98743d86f19e75863728b7d9e500b31dd24cd6e286c6', '2027-09-01 08:00:00-04', '', 0, '1445880548472328196', 'https://x.com/i/web/status/1445880548472328196', '1445880548472328196 1445880548472328197', '', '2027-09-01 09:02:00-04', NULL, 0, 2, 2, 'First part.
---
Second part.', '', ''),
	(5, 'x-en', 'twitter', 'en', 'failed', '["X does not accept this post: {0}. Change it.", "“The text of this post is not allowed.”"]', '2027-09-01 09:05', '2027-09-01 09:05:00-04', '2027-09-01 09:05:00-04', '2027-09-01 15:05:00-04', '2027-09-01 09:05:00-04', 'Said again.', '7e18892ed7314258d6a99b64d88f08a9abc9eaa093bfd0a50e11472596376cc9', '', '7e18892ed7314258d6a99b64d88f08a9abc9eaa093bfd0a50e11472596376cc9', '2027-09-01 08:00:00-04', '', 0, '', '', '', '', NULL, NULL, 0, 2, 3, 'Said again.', '', ''),
	(8, 'x-fr', 'twitter', 'fr', 'missed', '["Its time is over: it could go out until {0}. Give it a new time, or drop it.", "2027-09-01 09:30"]', '2027-09-01 09:25', '2027-09-01 09:25:00-04', '2027-09-01 09:25:00-04', '2027-09-01 09:30:00-04', '2027-09-01 09:25:00-04', 'Trop tard, hélas.', '32a1ab2a68770cc60e91e271853a63c9b536e82ff4f0493fb728492e415a1cfb', '', '32a1ab2a68770cc60e91e271853a63c9b536e82ff4f0493fb728492e415a1cfb', '2027-09-01 08:00:00-04', '', 0, '', '', '', '', NULL, NULL, 0, 2, 6, 'Trop tard, hélas.', '', ''),
	(7, 'x-en', 'twitter', 'en', 'published', '', '2027-09-01 09:15', '2027-09-01 09:15:00-04', '2027-09-01 09:15:00-04', '2027-09-01 15:15:00-04', '2027-09-01 09:40:00-04', 'A network that is busy.', 'b4714663eb34124e5c721c5de6e6978677eb55fe8f4b78b2ae21c1eb788d9259', '', 'b4714663eb34124e5c721c5de6e6978677eb55fe8f4b78b2ae21c1eb788d9259', '2027-09-01 08:00:00-04', '', 0, '1445880548472328199', 'https://x.com/i/web/status/1445880548472328199', '1445880548472328199', '', '2027-09-01 09:40:00-04', NULL, 0, 2, 5, 'A network that is busy.', '', ''),
	(6, 'x-en', 'twitter', 'en', 'unconfirmed', '["It was looked for and not found yet: it is looked for once more."]', '2027-09-01 09:10', '2027-09-01 09:10:00-04', '2027-09-01 09:10:00-04', '2027-09-01 15:10:00-04', '2027-09-01 09:10:00-04', 'An answer that is lost.', 'ae440ec77d6ee004fdacfeaa4712d807871c233d39b3d699cc08a0cc9d3eea3f', '', 'ae440ec77d6ee004fdacfeaa4712d807871c233d39b3d699cc08a0cc9d3eea3f', '2027-09-01 08:00:00-04', '', 0, '', '', '', '', NULL, '2027-09-02 08:00:00-04', 1, 2, 4, 'An answer that is lost.', '', ''),
	(10, 'x-en', 'twitter', 'en', 'cancelled', 'Mieux vaut attendre.', '2027-09-01 12:00', '2027-09-01 12:00:00-04', '2027-09-01 12:00:00-04', '2027-09-01 18:00:00-04', '2027-09-01 12:00:00-04', 'Better not.', 'a6f63fb8799ea0d561e0b49ec1111c3b8f409a2b9fc5dc7c1e099da3776cec6f', '', 'a6f63fb8799ea0d561e0b49ec1111c3b8f409a2b9fc5dc7c1e099da3776cec6f', '2027-09-01 08:00:00-04', '', 0, '', '', '', '', NULL, NULL, 0, 2, 8, 'Better not.', '', ''),
	(9, 'x-en', 'twitter', 'en', 'removed', 'Une coquille.', '2027-09-01 09:30', '2027-09-01 09:30:00-04', '2027-09-01 09:30:00-04', '2027-09-01 15:30:00-04', '2027-09-01 09:40:00-04', 'Soon taken down.', 'df12a38a5e8624508afcf7d972623e9e4ce2c26c7b0b1df06a1756948214eea1', '', 'df12a38a5e8624508afcf7d972623e9e4ce2c26c7b0b1df06a1756948214eea1', '2027-09-01 08:00:00-04', '', 0, '1445880548472328200', 'https://x.com/i/web/status/1445880548472328200', '1445880548472328200', '', '2027-09-01 09:40:00-04', NULL, 0, 2, 7, 'Soon taken down.', '', ''),
	(19, 'x-fr', 'twitter', 'fr', 'withdrawn', '["Its storyteller has taken it back."]', '2027-09-01 16:00', '2027-09-01 16:00:00-04', '2027-09-01 16:00:00-04', '2027-09-01 22:00:00-04', '2027-09-01 16:00:00-04', '« Chaque journée compte », S-0002.', '8141c4f7eaf7823a4d3ac8134e86d09eda3cb4e48da30d16e261b2dd6914989e', '', '8141c4f7eaf7823a4d3ac8134e86d09eda3cb4e48da30d16e261b2dd6914989e', '2027-09-01 08:00:00-04', '', 0, '', '', '', '[{"alt": "Un jardin, l’été.", "file": "/srv/campaign/posts/know/noe.png", "sha256": "a4a783c0c4685472cca347992915e49cc180dca46f5ad56777d976ba93dbc9cf"}]', NULL, NULL, 0, 1, 15, '« Chaque journée compte », S-0002.', '', ''),
	(11, 'x-fr', 'twitter', 'fr', 'sending', '', '2027-09-01 12:20', '2027-09-01 12:20:00-04', '2027-09-01 12:20:00-04', '2027-09-01 18:20:00-04', '2027-09-01 12:20:00-04', 'En route, là-bas.', 'e9f36ebf8fd9fbe20d145849d3580c65b1fc85d86dea0e4db86f4cadc3b53d25', '', 'e9f36ebf8fd9fbe20d145849d3580c65b1fc85d86dea0e4db86f4cadc3b53d25', '2027-09-01 08:00:00-04', 'a-machine/0/1:1:0', 0, '', '', '', '', NULL, NULL, 0, 2, 9, 'En route, là-bas.', '', ''),
	(20, 'x-fr', 'twitter', 'fr', 'queued', '', '2027-09-01 16:00', '2027-09-01 16:00:00-04', '2027-09-01 16:00:00-04', '2027-09-01 22:00:00-04', '2027-09-01 16:00:00-04', '« Chaque journée compte », S-0001.', '99f173820759fdbd97c08ae4c16c766ae18a7551a0fc1c8a059959ca43f8fd3d', '', '99f173820759fdbd97c08ae4c16c766ae18a7551a0fc1c8a059959ca43f8fd3d', '2027-09-01 08:00:00-04', '', 0, '', '', '', '[{"alt": "Un jardin, l’été.", "file": "/srv/campaign/posts/know/zoe.png", "sha256": "a4a783c0c4685472cca347992915e49cc180dca46f5ad56777d976ba93dbc9cf"}]', NULL, NULL, 0, 1, 16, '« Chaque journée compte », S-0001.', '', ''),
	(3, 'x-fr', 'twitter', 'fr', 'published', '', '2027-09-01 09:00', '2027-09-01 09:00:00-04', '2027-09-01 09:00:00-04', '2027-09-01 15:00:00-04', '2027-09-01 09:00:00-04', 'Écoutez d’abord, même à Noël.', '75aeeceeda7403a22b8564d7ea2d88e39ca51c15910d87009b0687ce0a249c6f', '', '75aeeceeda7403a22b8564d7ea2d88e39ca51c15910d87009b0687ce0a249c6f', '2027-09-01 08:00:00-04', '', 0, '1445880548472328195', 'https://x.com/i/web/status/1445880548472328195', '1445880548472328195', '[{"alt": "Un jardin, l’été.", "file": "/srv/campaign/posts/know/jardin.png", "sha256": "b786e8bf59ddc72d8cd39422187fe608d412d494dd36ee859665ce73f553f008"}]', '2027-09-01 09:00:00-04', NULL, 0, 2, 1, 'Écoutez d’abord, même à Noël.', '', ''),
	(17, 'x-en', 'twitter', 'en', 'published', '', '2027-09-01 09:40', '2027-09-01 09:40:00-04', '2027-09-01 09:40:00-04', '2027-09-01 15:40:00-04', '2027-09-01 09:40:00-04', 'Every day counts, says S-0001.', 'cd5b1fd7fb7163fb453b2dc03b6a4af47420fef52fa90797acbf0d2ce44ffb96', '', 'cd5b1fd7fb7163fb453b2dc03b6a4af47420fef52fa90797acbf0d2ce44ffb96', '2027-09-01 08:00:00-04', '', 0, '1445880548472328204', 'https://x.com/i/web/status/1445880548472328204', '1445880548472328204', '[{"alt": "A garden.", "file": "/srv/campaign/posts/know/zoe.png", "sha256": "a4a783c0c4685472cca347992915e49cc180dca46f5ad56777d976ba93dbc9cf"}]', '2027-09-01 09:40:00-04', NULL, 0, 1, 13, 'Every day counts, says S-0001.', '', ''),
	(16, 'x-en', 'twitter', 'en', 'removed', '["It was taken back by its storyteller."]', '2027-09-01 09:40', '2027-09-01 09:40:00-04', '2027-09-01 09:40:00-04', '2027-09-01 15:40:00-04', '2027-09-01 09:40:00-04', 'Every day counts, says S-0002.', '51ec38db6848ecc5592b998481a9d27a754af7e464e3911ca30b4e1ac3f86e5e', '', '51ec38db6848ecc5592b998481a9d27a754af7e464e3911ca30b4e1ac3f86e5e', '2027-09-01 08:00:00-04', '', 0, '1445880548472328202', 'https://x.com/i/web/status/1445880548472328202', '1445880548472328202', '[{"alt": "A garden.", "file": "/srv/campaign/posts/know/noe.png", "sha256": "a4a783c0c4685472cca347992915e49cc180dca46f5ad56777d976ba93dbc9cf"}]', '2027-09-01 09:40:00-04', NULL, 0, 1, 12, 'Every day counts, says S-0002.', '', '');


INSERT INTO public.campaign_delivery_words VALUES
	(1, '''first'' ''know'' ''listen'''),
	(2, '''first'' ''know'' ''listen'''),
	(3, '''a'' ''abord'' ''d'' ''ecoutez'' ''know'' ''listen'' ''meme'' ''noel'''),
	(4, '''first'' ''know'' ''part'' ''second'' ''thread'''),
	(5, '''again'' ''know'' ''refused'' ''said'''),
	(6, '''an'' ''answer'' ''is'' ''know'' ''lost'' ''that'''),
	(7, '''a'' ''busy'' ''is'' ''know'' ''network'' ''that'''),
	(8, '''helas'' ''know'' ''late'' ''tard'' ''trop'''),
	(9, '''down'' ''gone'' ''know'' ''soon'' ''taken'''),
	(10, '''better'' ''dropped'' ''know'' ''not'''),
	(11, '''bas'' ''en'' ''know'' ''la'' ''route'' ''sending'''),
	(12, '''has'' ''it'' ''know'' ''october'' ''spread'''),
	(13, '''has'' ''it'' ''know'' ''october'' ''spread'''),
	(14, '''est'' ''il'' ''know'' ''october'' ''propage'' ''s'''),
	(15, '''are'' ''here'' ''know'' ''remembered'' ''we'''),
	(16, '''0002'' ''counts'' ''day'' ''every'' ''know'' ''noe'' ''s'' ''says'' ''story'''),
	(17, '''0001'' ''counts'' ''day'' ''every'' ''know'' ''s'' ''says'' ''story'' ''zoe'''),
	(18, '''a'' ''approuve'' ''draft'' ''know'' ''l'' ''ne'' ''personne'''),
	(19, '''0002'' ''chaque'' ''compte'' ''journee'' ''know'' ''later'' ''noe'' ''s'''),
	(20, '''0001'' ''chaque'' ''compte'' ''journee'' ''know'' ''later'' ''s'' ''zoe''');


INSERT INTO public.campaign_draft VALUES
	(1, 1, '{"title": "\u00c0 moiti\u00e9 \u00e9crit", "fields": "{\"kind\": \"awareness\", \"template\": \"fact\", \"channels\": [], \"when\": \"next-slot\", \"grace\": \"\", \"facts\": [], \"action\": \"\", \"day\": \"\", \"links\": {}, \"link_to\": \"\", \"not_on\": [], \"hashtags\": true, \"numbered\": false, \"example\": false, \"help\": false, \"consent\": null, \"pictures\": [], \"texts\": {}, \"accepted\": {}}"}', '2027-09-01 08:00:00-04', 14, 1);


INSERT INTO public.campaign_event VALUES
	(1, '2027-09-01 08:00:00-04', 'command line', 'role given', '', '', 'ana was added as admin.', NULL, NULL),
	(2, '2027-09-01 08:00:00-04', 'command line', 'role given', '', '', 'bob was added as staff.', NULL, NULL),
	(3, '2027-09-01 08:00:00-04', 'command line', 'role given', '', '', 'véra was added as volunteer.', NULL, NULL),
	(4, '2027-09-01 08:00:00-04', 'véra', 'loaded', '', 'draft', '', 1, NULL),
	(5, '2027-09-01 08:00:00-04', 'véra', 'loaded', '', 'draft', '', 2, NULL),
	(6, '2027-09-01 08:00:00-04', 'véra', 'loaded', '', 'draft', '', 3, NULL),
	(7, '2027-09-01 08:00:00-04', 'véra', 'loaded', '', 'draft', '', 4, NULL),
	(8, '2027-09-01 08:00:00-04', 'véra', 'loaded', '', 'draft', '', 5, NULL),
	(9, '2027-09-01 08:00:00-04', 'véra', 'loaded', '', 'draft', '', 6, NULL),
	(10, '2027-09-01 08:00:00-04', 'véra', 'loaded', '', 'draft', '', 7, NULL),
	(11, '2027-09-01 08:00:00-04', 'véra', 'loaded', '', 'draft', '', 8, NULL),
	(12, '2027-09-01 08:00:00-04', 'véra', 'loaded', '', 'draft', '', 9, NULL),
	(13, '2027-09-01 08:00:00-04', 'véra', 'loaded', '', 'draft', '', 10, NULL),
	(14, '2027-09-01 08:00:00-04', 'véra', 'loaded', '', 'draft', '', 11, NULL),
	(15, '2027-09-01 08:00:00-04', 'véra', 'loaded', '', 'draft', '', 12, NULL),
	(16, '2027-09-01 08:00:00-04', 'véra', 'loaded', '', 'draft', '', 13, NULL),
	(17, '2027-09-01 08:00:00-04', 'véra', 'loaded', '', 'draft', '', 14, NULL),
	(18, '2027-09-01 08:00:00-04', 'véra', 'loaded', '', 'draft', '', 15, NULL),
	(19, '2027-09-01 08:00:00-04', 'bob', 'approved', 'draft', 'queued', '', 7, NULL),
	(20, '2027-09-01 08:00:00-04', 'bob', 'approved', 'draft', 'queued', '', 10, NULL),
	(21, '2027-09-01 08:00:00-04', 'bob', 'approved', 'draft', 'queued', '', 9, NULL),
	(22, '2027-09-01 08:00:00-04', 'bob', 'approved', 'draft', 'queued', '', 8, NULL),
	(23, '2027-09-01 08:00:00-04', 'bob', 'approved', 'draft', 'queued', '', 1, NULL),
	(24, '2027-09-01 08:00:00-04', 'bob', 'approved', 'draft', 'queued', '', 2, NULL),
	(25, '2027-09-01 08:00:00-04', 'bob', 'approved', 'draft', 'queued', '', 3, NULL),
	(26, '2027-09-01 08:00:00-04', 'bob', 'approved', 'draft', 'queued', '', 6, NULL),
	(27, '2027-09-01 08:00:00-04', 'bob', 'approved', 'draft', 'queued', '', 12, NULL),
	(28, '2027-09-01 08:00:00-04', 'bob', 'approved', 'draft', 'queued', '', 13, NULL),
	(29, '2027-09-01 08:00:00-04', 'bob', 'approved', 'draft', 'queued', '', 14, NULL),
	(30, '2027-09-01 08:00:00-04', 'bob', 'approved', 'draft', 'queued', '', 5, NULL),
	(31, '2027-09-01 08:00:00-04', 'bob', 'approved', 'draft', 'queued', '', 15, NULL),
	(32, '2027-09-01 08:00:00-04', 'bob', 'approved', 'draft', 'queued', '', 11, NULL),
	(33, '2027-09-01 08:00:00-04', 'bob', 'approved', 'draft', 'queued', '', 4, NULL),
	(34, '2027-10-13 12:00:00-04', 'anna', 'storyteller recorded', '', '', 'S-0001', NULL, NULL),
	(35, '2027-10-13 12:00:00-04', 'anna', 'storyteller recorded', '', '', 'S-0002', NULL, NULL),
	(36, '2027-10-13 12:00:00-04', 'anna', 'consent given', '', '', 'S-0001 Version 1.', NULL, NULL),
	(37, '2027-10-13 12:00:00-04', 'anna', 'consent given', '', '', 'S-0002 Version 1.', NULL, NULL),
	(38, '2027-09-01 08:00:00-04', 'véra', 'loaded', '', 'draft', '', 16, NULL),
	(39, '2027-09-01 08:00:00-04', 'véra', 'loaded', '', 'draft', '', 17, NULL),
	(40, '2027-09-01 08:00:00-04', 'véra', 'loaded', '', 'draft', '', 18, NULL),
	(41, '2027-09-01 08:00:00-04', 'véra', 'loaded', '', 'draft', '', 19, NULL),
	(42, '2027-09-01 08:00:00-04', 'véra', 'loaded', '', 'draft', '', 20, NULL),
	(43, '2027-09-01 08:00:00-04', 'S-0002', 'final word', 'draft', 'draft', '["Answer: {0}.", "remark"]', 16, NULL),
	(44, '2027-09-01 08:00:00-04', 'S-0002', 'final word', 'draft', 'draft', '["Answer: {0}.", "yes"]', 16, NULL),
	(45, '2027-09-01 08:00:00-04', 'S-0001', 'final word', 'draft', 'draft', '["Answer: {0}.", "remark"]', 17, NULL),
	(46, '2027-09-01 08:00:00-04', 'S-0001', 'final word', 'draft', 'draft', '["Answer: {0}.", "yes"]', 17, NULL),
	(47, '2027-09-01 08:00:00-04', 'S-0002', 'final word', 'draft', 'draft', '["Answer: {0}.", "remark"]', 19, NULL),
	(48, '2027-09-01 08:00:00-04', 'S-0002', 'final word', 'draft', 'draft', '["Answer: {0}.", "yes"]', 19, NULL),
	(49, '2027-09-01 08:00:00-04', 'S-0001', 'final word', 'draft', 'draft', '["Answer: {0}.", "remark"]', 20, NULL),
	(50, '2027-09-01 08:00:00-04', 'S-0001', 'final word', 'draft', 'draft', '["Answer: {0}.", "yes"]', 20, NULL),
	(51, '2027-09-01 08:00:00-04', 'ana', 'approved', 'draft', 'queued', '', 17, NULL),
	(52, '2027-09-01 08:00:00-04', 'ana', 'approved', 'draft', 'queued', '', 16, NULL),
	(53, '2027-09-01 08:00:00-04', 'ana', 'approved', 'draft', 'queued', '', 20, NULL),
	(54, '2027-09-01 08:00:00-04', 'ana', 'approved', 'draft', 'queued', '', 19, NULL),
	(55, '2027-09-01 09:40:00-04', 'gate', 'held back', 'queued', 'missed', '["Its time is over: it could go out until {0}. Give it a new time, or drop it.", "2027-09-01 09:30"]', 8, NULL),
	(56, '2027-09-01 12:00:00-04', 'ana', 'allowed', 'queued', 'queued', '["It may go out on {0}: {1}", "2027-11-11", "Elle dit où trouver de l’aide."]', 15, NULL),
	(57, '2027-09-01 12:00:00-04', 'bob', 'paused', '', '', '["{0}: {1}", ["Campaign {0}", "know"], "Jour de deuil."]', NULL, NULL),
	(58, '2027-09-01 12:00:00-04', 'resume', 'held back', 'queued', 'missed', '["It was held back by a pause: send it now, give it a new time, or drop it."]', 10, NULL),
	(59, '2027-09-01 12:00:00-04', 'bob', 'resumed', '', '', '["{0}: {1}", ["Campaign {0}", "know"], "C’est passé."]', NULL, NULL),
	(60, '2027-09-01 12:00:00-04', 'ana', 'paused', '', '', '["{0}: {1}", ["Channel {0}", "x-fr"], "On relit le français."]', NULL, NULL),
	(61, '2027-09-01 12:00:00-04', 'bob', 'cancelled', 'missed', 'cancelled', 'Mieux vaut attendre.', 10, NULL),
	(62, '2027-09-01 12:00:00-04', 'bob', 'deleted', 'published', 'published', '1445880548472328200', 9, NULL),
	(63, '2027-09-01 12:00:00-04', 'bob', 'removed', 'published', 'removed', 'Une coquille.', 9, NULL),
	(64, '2027-09-01 12:00:00-04', 'bob', 'storyteller on hold', '', '', 'S-0001', NULL, NULL),
	(65, '2027-09-01 12:00:00-04', 'ana', 'withdrawn', 'queued', 'withdrawn', '["Its storyteller has taken it back."]', 19, NULL),
	(66, '2027-09-01 12:00:00-04', 'ana', 'consent withdrawn', '', '', 'S-0002 (all).', NULL, NULL),
	(67, '2027-09-01 12:00:00-04', 'scheduler', 'deleted', 'published', 'published', '1445880548472328202', 16, NULL),
	(68, '2027-09-01 12:00:00-04', 'scheduler', 'removed', 'published', 'removed', '["It was taken back by its storyteller."]', 16, NULL),
	(69, '2027-09-01 08:00:00-04', 'scheduler', 'second copy', 'sending', 'sending', '["{0}: {1}", "copy-1", ["The answer came after all, when another worker had sent it again: this copy is deleted."]]', 11, NULL),
	(70, '2027-09-01 08:00:00-04', 'ana', 'invited', '', '', '["Somebody was invited as {0}.", "volunteer"]', NULL, NULL);


INSERT INTO public.campaign_event_words VALUES
	(1, '''added'' ''admin'' ''ana'' ''as'' ''was'''),
	(2, '''added'' ''as'' ''bob'' ''staff'' ''was'''),
	(3, '''added'' ''as'' ''vera'' ''volunteer'' ''was'''),
	(34, '''0001'' ''s'''),
	(35, '''0002'' ''s'''),
	(36, '''0001'' ''1'' ''s'' ''version'''),
	(37, '''0002'' ''1'' ''s'' ''version'''),
	(43, '''0'' ''answer'' ''remark'''),
	(44, '''0'' ''answer'' ''yes'''),
	(45, '''0'' ''answer'' ''remark'''),
	(46, '''0'' ''answer'' ''yes'''),
	(47, '''0'' ''answer'' ''remark'''),
	(48, '''0'' ''answer'' ''yes'''),
	(49, '''0'' ''answer'' ''remark'''),
	(50, '''0'' ''answer'' ''yes'''),
	(55, '''0'' ''01'' ''09'' ''2027'' ''30'' ''a'' ''could'' ''drop'' ''give'' ''go'' ''is'' ''it'' ''its'' ''new'' ''or'' ''out'' ''over'' ''time'' ''until'''),
	(56, '''0'' ''1'' ''11'' ''2027'' ''aide'' ''de'' ''dit'' ''elle'' ''go'' ''it'' ''l'' ''may'' ''on'' ''ou'' ''out'' ''trouver'''),
	(57, '''0'' ''1'' ''campaign'' ''de'' ''deuil'' ''jour'' ''know'''),
	(58, '''a'' ''back'' ''by'' ''drop'' ''give'' ''held'' ''it'' ''new'' ''now'' ''or'' ''pause'' ''send'' ''time'' ''was'''),
	(59, '''0'' ''1'' ''c'' ''campaign'' ''est'' ''know'' ''passe'''),
	(60, '''0'' ''1'' ''channel'' ''fr'' ''francais'' ''le'' ''on'' ''relit'' ''x'''),
	(61, '''attendre'' ''mieux'' ''vaut'''),
	(62, '''1445880548472328200'''),
	(63, '''coquille'' ''une'''),
	(64, '''0001'' ''s'''),
	(65, '''back'' ''has'' ''it'' ''its'' ''storyteller'' ''taken'''),
	(66, '''0002'' ''all'' ''s'''),
	(67, '''1445880548472328202'''),
	(68, '''back'' ''by'' ''it'' ''its'' ''storyteller'' ''taken'' ''was'''),
	(69, '''0'' ''1'' ''after'' ''again'' ''all'' ''another'' ''answer'' ''came'' ''copy'' ''deleted'' ''had'' ''is'' ''it'' ''sent'' ''the'' ''this'' ''when'' ''worker'''),
	(70, '''0'' ''as'' ''invited'' ''somebody'' ''volunteer'' ''was''');


INSERT INTO public.campaign_evergreen VALUES
	(1, 'À l’écoute', 7, 28, NULL, true, '2027-09-01 08:00:00-04', NULL, 1);


INSERT INTO public.campaign_fact VALUES
	(1, 'spread', 'ok', '2030-01-01', false);


INSERT INTO public.campaign_finalword VALUES
	(1, '51ec38db6848ecc5592b998481a9d27a754af7e464e3911ca30b4e1ac3f86e5e', 'remark', 'gAAAAABrDPss0g_hAspNhEId5R4ZI9OOSawlRYuCicuUFvXxJVf9pj6G24eskR_HKzcjNe64rb8595T0MakRKJ1783rWfa5RFQu6zpVD8a-Ztgp1Rdmcoco=', '', '2027-09-01 08:00:00-04', 2, 16, 'untold', false, false),
	(2, '51ec38db6848ecc5592b998481a9d27a754af7e464e3911ca30b4e1ac3f86e5e', 'yes', '', '', '2027-09-01 08:00:00-04', 2, 16, 'untold', false, false),
	(3, 'cd5b1fd7fb7163fb453b2dc03b6a4af47420fef52fa90797acbf0d2ce44ffb96', 'remark', 'gAAAAABrDPssc1T2kzFCAaEHkS6JojlR_kr4yA48YRpDZCNA8qymwws6KtxcZnJXesAm2zWMOQgRDLKwLa079GS8GaLJ9eK7OVeoTeT45D1kvhmkfAvzSpc=', '', '2027-09-01 08:00:00-04', 1, 17, 'untold', false, false),
	(4, 'cd5b1fd7fb7163fb453b2dc03b6a4af47420fef52fa90797acbf0d2ce44ffb96', 'yes', '', '', '2027-09-01 08:00:00-04', 1, 17, 'untold', false, false),
	(5, '8141c4f7eaf7823a4d3ac8134e86d09eda3cb4e48da30d16e261b2dd6914989e', 'remark', 'gAAAAABrDPssAk3i60cHTiRRpA1d9FFecCOF9dQaHl5J6DdN28wTlTgPj8e2XuTWqeeDtkRuXdAhFBJbMW6Wmy0EI-ZcgLzXixscIo7MSP7O8ycT11lcIYk=', '', '2027-09-01 08:00:00-04', 2, 19, 'untold', false, false),
	(6, '8141c4f7eaf7823a4d3ac8134e86d09eda3cb4e48da30d16e261b2dd6914989e', 'yes', '', '', '2027-09-01 08:00:00-04', 2, 19, 'untold', false, false),
	(7, '99f173820759fdbd97c08ae4c16c766ae18a7551a0fc1c8a059959ca43f8fd3d', 'remark', 'gAAAAABrDPssEawVTPXH89bcMS2V-0oegyu0YJ3FwZQT6MyU5B66mvUH02CQRYhwvj-ZKsaf_GL1E56RFuVc_YbvCU9SsHTf-8uNHMqe1Kn0I2akN1ONq9E=', '', '2027-09-01 08:00:00-04', 1, 20, 'untold', false, false),
	(8, '99f173820759fdbd97c08ae4c16c766ae18a7551a0fc1c8a059959ca43f8fd3d', 'yes', '', '', '2027-09-01 08:00:00-04', 1, 20, 'untold', false, false);


INSERT INTO public.campaign_hand VALUES
	(1, 'remark', '2027-09-01 08:00:00-04', '2027-09-01 08:00:00-04', false, NULL, '', NULL, 1);


INSERT INTO public.campaign_incident VALUES
	(1, 1, 1, '2027-09-01', 'à l’été', 'Une clé a été perdue.', 'Des adresses de courriel.', 'environ 10', false, 'La clé est chiffrée.', NULL, NULL, NULL, '', 'La clé a été changée.', NULL, 'ana', '2027-09-01 08:00:00-04');


INSERT INTO public.campaign_installation VALUES
	(1, '439ea7a12ef388cbd8672447f21e6268', '2027-09-01 09:00:00-04');


INSERT INTO public.campaign_invitation VALUES
	(1, 'zoe@example.org', 'volunteer', 'fake-00000000000000000000000000000000000000000000000000000000000', '2027-09-01 08:00:00-04', '2027-09-08 08:00:00-04', NULL, NULL, NULL, 1);


INSERT INTO public.campaign_leftover VALUES
	(1, '1 upload', 'étoile.png', '2027-09-01 08:00:00-04', '2027-09-01 08:00:00-04', 1, '["It could not be deleted ({0}).", "Permission denied"]', 1);


INSERT INTO public.campaign_linkedpage VALUES
	(1, 'fake-00000000000000000000000000000000000000000000000000000000000', 'https://survivornet.ca/fr/', 'Un réseau pour l’été', '', '\x6120736d616c6c2070696374757265', '', '2027-09-01 08:00:00-04');


INSERT INTO public.campaign_lockedpicture VALUES
	(1, 'a4a783c0c4685472cca347992915e49cc180dca46f5ad56777d976ba93dbc9cf', '2027-09-01 12:00:00-04', 2);


INSERT INTO public.campaign_pause VALUES
	(1, 'know', '', 'Jour de deuil.', 'bob', '2027-09-01 12:00:00-04', 'bob', '2027-09-01 12:00:00-04', '', NULL, false),
	(2, '', 'x-fr', 'On relit le français.', 'ana', '2027-09-01 12:00:00-04', '', NULL, '', NULL, false);


INSERT INTO public.campaign_post VALUES
	(1, 'know/listen', 'know', 'listen', 'awareness', false, '', NULL, NULL, '', '2027-09-01 08:00:00-04', 3, 3, 'de96edd89504b66b6fa59b73786dded6f049ababeed28bf1255818ffb7146d6a', 'planned', '', '', 1, false, NULL, NULL, 'awareness', false, NULL),
	(2, 'know/thread', 'know', 'thread', 'awareness', false, '', NULL, NULL, '', '2027-09-01 08:00:00-04', 3, 3, 'd614992ee607b4685c01d45239c82c94277a77ff36b0bef7ee650a011d7db6d3', 'planned', '', '', 1, false, NULL, NULL, 'awareness', false, NULL),
	(3, 'know/refused', 'know', 'refused', 'awareness', false, '', NULL, NULL, '', '2027-09-01 08:00:00-04', 3, 3, '9dedf9b815cb134230be387a1b7434323e36ad5bb45d864622db71943df3d23b', 'planned', '', '', 1, false, NULL, NULL, 'awareness', false, NULL),
	(4, 'know/lost', 'know', 'lost', 'awareness', false, '', NULL, NULL, '', '2027-09-01 08:00:00-04', 3, 3, '11e93784bc31c3f465d47febcf20d1c202a2d5e3e1485563a32732090a316b5e', 'planned', '', '', 1, false, NULL, NULL, 'awareness', false, NULL),
	(5, 'know/busy', 'know', 'busy', 'awareness', false, '', NULL, NULL, '', '2027-09-01 08:00:00-04', 3, 3, '6b3f24844e92a6075f950a1b25b9e300a1423d497d0902bbb266bb5defbc0535', 'planned', '', '', 1, false, NULL, NULL, 'awareness', false, NULL),
	(6, 'know/late', 'know', 'late', 'awareness', false, '', NULL, NULL, '', '2027-09-01 08:00:00-04', 3, 3, 'c7300f0b466c1876eac947026ae0f476d29dde3095f2c5540e8bd4cee5f327dc', 'planned', '', '', 1, false, NULL, NULL, 'awareness', false, NULL),
	(7, 'know/gone', 'know', 'gone', 'awareness', false, '', NULL, NULL, '', '2027-09-01 08:00:00-04', 3, 3, 'd040bb5b1a00829584de46664565d1600298022577e1576abef636421d81f83f', 'planned', '', '', 1, false, NULL, NULL, 'awareness', false, NULL),
	(8, 'know/dropped', 'know', 'dropped', 'awareness', false, '', NULL, NULL, '', '2027-09-01 08:00:00-04', 3, 3, 'e393a30589639fa779078ab362213b4786388b0bd611d4176aac52f682fdb6df', 'planned', '', '', 1, false, NULL, NULL, 'awareness', false, NULL),
	(9, 'know/sending', 'know', 'sending', 'awareness', false, '', NULL, NULL, '', '2027-09-01 08:00:00-04', 3, 3, 'f9b12fecdb67deb97d52ae244b7626d2e7a2dfe1ae3e5abc2a15577b9023d7a4', 'planned', '', '', 1, false, NULL, NULL, 'awareness', false, NULL),
	(10, 'know/october', 'know', 'october', 'awareness', false, '', NULL, NULL, '', '2027-09-01 08:00:00-04', 3, 3, '8199a10f3df7d1bdb686a9286b85560810851fe4e311476f81372e1c9c3e0341', 'planned', '', '', 1, false, NULL, NULL, 'awareness', false, NULL),
	(11, 'know/remembered', 'know', 'remembered', 'awareness', false, '', NULL, NULL, '', '2027-09-01 08:00:00-04', 3, 3, 'b74fc6a63ac6c09c941b0df68f328d59fb1e9c85d4d76abcda5ea99293ac0da7', 'planned', '', '', 1, false, NULL, NULL, 'awareness', false, NULL),
	(12, 'know/story-noe', 'know', 'story-noe', 'story', false, 'S-0002', NULL, NULL, '', '2027-09-01 08:00:00-04', 3, 3, '336e066d24e0b04b3ff10c7dc359c99eec9ef1f3a5f275c5ed34ccd89ce27961', 'planned', '', '', 1, true, NULL, NULL, 'awareness', false, NULL),
	(13, 'know/story-zoe', 'know', 'story-zoe', 'story', false, 'S-0001', NULL, NULL, '', '2027-09-01 08:00:00-04', 3, 3, 'c319543eeea239009450470f26c1cd9e10aa7139fffe88200bf5908b75af04ef', 'planned', '', '', 1, true, NULL, NULL, 'awareness', false, NULL),
	(15, 'know/later-noe', 'know', 'later-noe', 'story', false, 'S-0002', NULL, NULL, '', '2027-09-01 08:00:00-04', 3, 3, 'df1859baa400160474737b4612dcae0f294aa2800c6e485fc96f4932d9b84343', 'planned', '', '', 1, true, NULL, NULL, 'awareness', false, NULL),
	(16, 'know/later-zoe', 'know', 'later-zoe', 'story', false, 'S-0001', NULL, NULL, '', '2027-09-01 08:00:00-04', 3, 3, '191b6bb83f2551bca3c4898becc2c50461140d74e7a8fc996b16a7a73593296f', 'planned', '', '', 1, true, NULL, NULL, 'awareness', false, NULL),
	(14, 'know/draft', 'know', 'draft', 'awareness', false, '', NULL, NULL, '', '2027-09-01 08:00:00-04', 3, 3, '0747e5c7a993bd9143a85745facb8149059eea7abfcdb80c9336e7b9c3c584e9', 'planned', '', '', 1, false, '1:a-form', NULL, 'awareness', false, NULL);


INSERT INTO public.campaign_post_words VALUES
	(1, '''00'' ''01'' ''09'' ''2027'' ''a'' ''abord'' ''alt'' ''channels'' ''d'' ''ecoutez'' ''en'' ''ete'' ''file'' ''first'' ''fr'' ''garden'' ''jardin'' ''know'' ''l'' ''listen'' ''media'' ''meme'' ''noel'' ''page'' ''png'' ''short'' ''un'' ''when'' ''x'''),
	(2, '''01'' ''02'' ''09'' ''2027'' ''channels'' ''deuxieme'' ''en'' ''first'' ''fr'' ''know'' ''part'' ''premiere'' ''second'' ''short'' ''thread'' ''when'' ''x'''),
	(3, '''01'' ''05'' ''09'' ''2027'' ''again'' ''channels'' ''deja'' ''dit'' ''en'' ''fr'' ''know'' ''refused'' ''said'' ''short'' ''when'' ''x'''),
	(4, '''01'' ''09'' ''10'' ''2027'' ''an'' ''answer'' ''channels'' ''en'' ''fr'' ''is'' ''know'' ''lost'' ''perdue'' ''reponse'' ''short'' ''that'' ''une'' ''when'' ''x'''),
	(5, '''01'' ''09'' ''15'' ''2027'' ''a'' ''busy'' ''channels'' ''en'' ''fr'' ''is'' ''know'' ''network'' ''occupe'' ''reseau'' ''short'' ''that'' ''un'' ''when'' ''x'''),
	(6, '''01'' ''09'' ''2027'' ''25'' ''5m'' ''channels'' ''en'' ''fr'' ''grace'' ''helas'' ''know'' ''late'' ''short'' ''tard'' ''too'' ''trop'' ''when'' ''x'''),
	(7, '''01'' ''09'' ''2027'' ''30'' ''bientot'' ''channels'' ''down'' ''en'' ''fr'' ''gone'' ''know'' ''retire'' ''short'' ''soon'' ''taken'' ''when'' ''x'''),
	(8, '''00'' ''01'' ''09'' ''12'' ''2027'' ''better'' ''channels'' ''dropped'' ''en'' ''fr'' ''know'' ''not'' ''pas'' ''plutot'' ''short'' ''when'' ''x'''),
	(9, '''01'' ''09'' ''12'' ''20'' ''2027'' ''bas'' ''channels'' ''en'' ''fr'' ''its'' ''know'' ''la'' ''on'' ''route'' ''sending'' ''short'' ''way'' ''when'' ''x'''),
	(10, '''00'' ''09'' ''day'' ''en'' ''est'' ''facts'' ''fr'' ''has'' ''il'' ''it'' ''know'' ''mbc'' ''october'' ''propage'' ''s'' ''short'' ''spread'' ''when'''),
	(11, '''00'' ''11'' ''12'' ''2027'' ''are'' ''channels'' ''en'' ''fr'' ''here'' ''know'' ''la'' ''nous'' ''remembered'' ''short'' ''sommes'' ''we'' ''when'' ''x'''),
	(12, '''0002'' ''01'' ''09'' ''2027'' ''40'' ''a'' ''alt'' ''channels'' ''consent'' ''counts'' ''day'' ''en'' ''ete'' ''every'' ''file'' ''fr'' ''garden'' ''jardin'' ''kind'' ''know'' ''l'' ''media'' ''noe'' ''oui'' ''png'' ''s'' ''says'' ''short'' ''story'' ''storyteller'' ''un'' ''when'' ''x'''),
	(13, '''0001'' ''01'' ''09'' ''2027'' ''40'' ''a'' ''alt'' ''channels'' ''consent'' ''counts'' ''day'' ''en'' ''ete'' ''every'' ''file'' ''fr'' ''garden'' ''jardin'' ''kind'' ''know'' ''l'' ''media'' ''oui'' ''png'' ''s'' ''says'' ''short'' ''story'' ''storyteller'' ''un'' ''when'' ''x'' ''zoe'''),
	(14, '''00'' ''01'' ''09'' ''15'' ''2027'' ''a'' ''approuve'' ''approved'' ''channels'' ''draft'' ''en'' ''fr'' ''has'' ''it'' ''know'' ''l'' ''ne'' ''nobody'' ''personne'' ''short'' ''when'' ''x'''),
	(15, '''00'' ''0002'' ''01'' ''09'' ''16'' ''2027'' ''a'' ''alt'' ''channels'' ''chaque'' ''compte'' ''consent'' ''en'' ''ete'' ''file'' ''fr'' ''garden'' ''jardin'' ''journee'' ''kind'' ''know'' ''l'' ''later'' ''media'' ''noe'' ''png'' ''s'' ''short'' ''story'' ''storyteller'' ''un'' ''when'' ''x'''),
	(16, '''00'' ''0001'' ''01'' ''09'' ''16'' ''2027'' ''a'' ''alt'' ''channels'' ''chaque'' ''compte'' ''consent'' ''en'' ''ete'' ''file'' ''fr'' ''garden'' ''jardin'' ''journee'' ''kind'' ''know'' ''l'' ''later'' ''media'' ''png'' ''s'' ''short'' ''story'' ''storyteller'' ''un'' ''when'' ''x'' ''zoe''');


INSERT INTO public.campaign_profile VALUES
	(1, 'fr', 'fake-00000000000000000000000000000000000000000000000000000000000', 1, 0);


INSERT INTO public.campaign_quietday VALUES
	(1, 'remembrance-day', 'fixed 11-11', '');


INSERT INTO public.campaign_repetition VALUES
	(1, 'x-en', '2027-09-01 08:00:00-04', 1, 14, 1);


INSERT INTO public.campaign_replacement VALUES
	(1, '2027-09-01 08:00:00-04', 1, 18, 3);


INSERT INTO public.campaign_secondcopy VALUES
	(1, 'copy-1', 'https://x.com/copy-1', '2027-09-01 08:00:00-04', '2027-09-01 08:00:00-04', 0, NULL, '', 11);


INSERT INTO public.campaign_series VALUES
	(1, 'Été, pas à pas', 'know', '2027-09-01 08:00:00-04', NULL, '{}', NULL, 1);


INSERT INTO public.campaign_shared VALUES
	(1, 'fact', 'walked', 1, '
[[fact]]
id = "walked"
status = "ok"
claim.en = "It has spread."
claim.fr = "Il s’est propagé."
source = "Canadian Network"
url = "https://example.org/spread"
review_by = 2030-01-01
cite.en = "CN"
cite.fr = "RC"
', '2027-09-01 08:00:00-04', NULL, 1, NULL);


INSERT INTO public.campaign_shownpage VALUES
	(1, 'c687d53b116e926185c48ca9b59d936107af5eff8c58c5513d847e5516723231', 'fr', 'Ce que signifie partager votre témoignage', '2027-10-13 12:00:00-04'),
	(2, 'fake-00000000000000000000000000000000000000000000000000000000000', 'fr', 'Ce que signifie partager.', '2027-09-01 08:00:00-04');


INSERT INTO public.campaign_storyteller VALUES
	(2, 'S-0002', 'gAAAAABrDPsr-nlNAQW6H9qy1w00qNunstDibhikgzNqlewdyfK0vNxr4bt2mXvrU62ZHnqPHFGM1eSjAIF6l5r8HGrBpShsZA==', 'gAAAAABrDPsrbk1FXmI93tVFHcsK-3lqqG2FO-IWMyydA0qKIroMI4wzMCHRWsgwHL5PNreprSO8begeYRy8tm25XSEKBbiiSQ==', 'fr', NULL, '', '', '2027-09-01 12:00:00-04', NULL, '2027-10-13 12:00:00-04', 'anna', 1, '', NULL, NULL, false, '2031-05-01', '2027-09-01 08:00:00-04', 'gAAAAABrDPsrnQ3j8RBVhdqnXgVGrS8htLyncTCv67ZZk9cV7YAVW4dSNxUwU45LLkdJCBJyayxbzBZZmXsuyFzUJS4s_4Gw_ukcp-BYxBLa7G6NLuQzEfLzh6jhwHDqFQBvP2nN8RWH', 'decider', NULL, 'gAAAAABrDPsrVxRVCBtkX3hVMP1YEiV2YgGJimVNqCu-eDmxXVsr7nwpBzGhp4yQIkSndueN_QCyTYdo7VZCjNVI_9YGgIx-nnwW0DvSQmiDedfSugTGxwXOrMfqYNZb_FETS6ubqfL-qwUbORWY8UdPnfrOSbSozs5-5rFJUQyHplQKcevxYYg=', 'gAAAAABrDPsrhPpTMwQx2NUNa_L597wYqDgH12iQiDT_bGM8Wh6oPuX6GjZn_0QAxlspZ6jDZbOfsqe0q8X-YqLrZUueez5L5hw9tnAWNC9tiamNEbFt_WGMEpRW8XzBfuK1ko-i8mHpBmwtyze-vIpeuCic34viCdCdOP9kkAE-kh_goYWW-ZU=', NULL),
	(1, 'S-0001', 'gAAAAABrDPsrMQD73oY0RFbEBr0zEAVBeW2wvURPVqHbunMCATQAd8S0ItCeq2DU8kaaFMEb7vHEqnrQ-e6ZKInwQiKxNSBRfA==', 'gAAAAABrDPsrQRU8e8dGoLiuoTwo9ENGnbZ4CbKL9r-fH6Si3DLITSgQ1uD9VYb7CYcVhQbQDZNcSnU_4Fxc5-rXxNTWwyI8ew==', 'fr', '2027-09-01 12:00:00-04', 'bob', 'ill', NULL, NULL, '2027-10-13 12:00:00-04', 'anna', 1, 'fake-00000000000000000000000000000000000000000000000000000000000', '2027-09-01 08:00:00-04', NULL, false, NULL, '2027-09-01 08:00:00-04', 'gAAAAABrDPsr0fgRYakFkrnyMmkCVIsdrzD4tUZQfIh0uHXyUjk8CsN_2WeffPjwcjaeJiRcOS-Rhg4F4iXeOvGEgO2i8cuG5Ue_yk-hMg4rwUdWimZMPAyCgkLduV-ooG814aoN5BlC', 'self', NULL, '', 'gAAAAABrDPsrPiWI6OKmuyiRQw2bXUb751Ijgut3NRaUZjJd490m11PYlJ6OOpLN4ADLf-Ndps1L3bXW3-4aZWw0UBfko2Eh9hY9efXDdwJHCKvF4XhX6DQjTxNdJ63F337aEy-CcrPejjqBrOcvc-Opwr5ewcCgoxu6bs3M8JqKIvfCI8usCo0=', NULL);


INSERT INTO public.campaign_stray VALUES
	(1, 'x-en', '99', 'https://x.com/i/web/status/99', '2027-09-01 08:00:00-04', '012e8526bb6efe7b37be4ea5c2e6dd2942228200e7312eecf1f1a9487969db88', '4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945');


INSERT INTO public.campaign_takedown VALUES
	(1, '2027-09-01 12:00:00-04', '2027-09-01 12:00:45-04', 0, '2027-09-01 12:00:00-04', false, '2027-09-03 12:00:00-04', '', '', 16, 1);


INSERT INTO public.campaign_takingback VALUES
	(1, 'name', 'volunteer', 'vera', '2027-09-01 08:00:00-04', '2027-09-01 09:00:00-04', NULL, '', 1);


INSERT INTO public.campaign_tally VALUES
	(1, 'fake-00000000000000000000000000000000000000000000000000000000000', 5, '2027-09-01 08:05:00-04');


INSERT INTO public.campaign_upload VALUES
	(1, 'b786e8bf59ddc72d8cd39422187fe608d412d494dd36ee859665ce73f553f008', 'image/png', 14, 6, '2027-09-01 08:00:00-04', 1, NULL, '', '');


INSERT INTO public.campaign_variant VALUES
	(1, '2027-09-01 08:00:00-04', NULL, '', '', NULL, 1, NULL, 1, 14);


INSERT INTO public.campaign_version VALUES
	(1, 1, 'when = "2027-09-01 09:00"
channels = ["x-en", "x-fr", "page-en"]
[[media]]
file = "jardin.png"
alt.en = "A garden."
alt.fr = "Un jardin, l’été."

[en]
short = """Listen first."""
[fr]
short = """Écoutez d’abord, même à Noël."""
', '/srv/campaign/posts/know', '2027-09-01 08:00:00-04', 3, 1),
	(2, 1, 'when = "2027-09-01 09:02"
channels = ["x-en"]

[en]
short = """First part.
---
Second part."""
[fr]
short = """Première.
---
Deuxième."""
', '/srv/campaign/posts/know', '2027-09-01 08:00:00-04', 3, 2),
	(3, 1, 'when = "2027-09-01 09:05"
channels = ["x-en"]

[en]
short = """Said again."""
[fr]
short = """Déjà dit."""
', '/srv/campaign/posts/know', '2027-09-01 08:00:00-04', 3, 3),
	(4, 1, 'when = "2027-09-01 09:10"
channels = ["x-en"]

[en]
short = """An answer that is lost."""
[fr]
short = """Une réponse perdue."""
', '/srv/campaign/posts/know', '2027-09-01 08:00:00-04', 3, 4),
	(5, 1, 'when = "2027-09-01 09:15"
channels = ["x-en"]

[en]
short = """A network that is busy."""
[fr]
short = """Un réseau occupé."""
', '/srv/campaign/posts/know', '2027-09-01 08:00:00-04', 3, 5),
	(6, 1, 'when = "2027-09-01 09:25"
channels = ["x-fr"]
grace = "5m"
[en]
short = """Too late."""
[fr]
short = """Trop tard, hélas."""
', '/srv/campaign/posts/know', '2027-09-01 08:00:00-04', 3, 6),
	(7, 1, 'when = "2027-09-01 09:30"
channels = ["x-en"]

[en]
short = """Soon taken down."""
[fr]
short = """Bientôt retiré."""
', '/srv/campaign/posts/know', '2027-09-01 08:00:00-04', 3, 7),
	(8, 1, 'when = "2027-09-01 12:00"
channels = ["x-en"]

[en]
short = """Better not."""
[fr]
short = """Plutôt pas."""
', '/srv/campaign/posts/know', '2027-09-01 08:00:00-04', 3, 8),
	(9, 1, 'when = "2027-09-01 12:20"
channels = ["x-fr"]

[en]
short = """On its way."""
[fr]
short = """En route, là-bas."""
', '/srv/campaign/posts/know', '2027-09-01 08:00:00-04', 3, 9),
	(10, 1, 'when = "mbc-day 09:00"
facts = ["spread"]
[en]
short = """It has spread."""
[fr]
short = """Il s’est propagé."""
', '/srv/campaign/posts/know', '2027-09-01 08:00:00-04', 3, 10),
	(11, 1, 'when = "2027-11-11 12:00"
channels = ["x-en"]

[en]
short = """We are here."""
[fr]
short = """Nous sommes là."""
', '/srv/campaign/posts/know', '2027-09-01 08:00:00-04', 3, 11),
	(12, 1, 'when = "2027-09-01 09:40"
channels = ["x-en"]
kind = "story"
consent = { storyteller = "S-0002" }
[[media]]
file = "noe.png"
alt.en = "A garden."
alt.fr = "Un jardin, l’été."

[en]
short = """Every day counts, says S-0002."""
[fr]
short = """Oui."""
', '/srv/campaign/posts/know', '2027-09-01 08:00:00-04', 3, 12),
	(13, 1, 'when = "2027-09-01 09:40"
channels = ["x-en"]
kind = "story"
consent = { storyteller = "S-0001" }
[[media]]
file = "zoe.png"
alt.en = "A garden."
alt.fr = "Un jardin, l’été."

[en]
short = """Every day counts, says S-0001."""
[fr]
short = """Oui."""
', '/srv/campaign/posts/know', '2027-09-01 08:00:00-04', 3, 13),
	(14, 1, 'when = "2027-09-01 15:00"
channels = ["x-fr"]

[en]
short = """Nobody has approved it."""
[fr]
short = """Personne ne l’a approuvé."""
', '/srv/campaign/posts/know', '2027-09-01 08:00:00-04', 3, 14),
	(15, 1, 'when = "2027-09-01 16:00"
channels = ["x-fr"]
kind = "story"
consent = { storyteller = "S-0002" }
[[media]]
file = "noe.png"
alt.en = "A garden."
alt.fr = "Un jardin, l’été."

[en]
short = """Later."""
[fr]
short = """« Chaque journée compte », S-0002."""
', '/srv/campaign/posts/know', '2027-09-01 08:00:00-04', 3, 15),
	(16, 1, 'when = "2027-09-01 16:00"
channels = ["x-fr"]
kind = "story"
consent = { storyteller = "S-0001" }
[[media]]
file = "zoe.png"
alt.en = "A garden."
alt.fr = "Un jardin, l’été."

[en]
short = """Later."""
[fr]
short = """« Chaque journée compte », S-0001."""
', '/srv/campaign/posts/know', '2027-09-01 08:00:00-04', 3, 16);


INSERT INTO public.campaign_withdrawal VALUES
	(1, 'all', '2027-09-01 12:00:00-04', 'command line', 'ana', 1, 2, NULL);


INSERT INTO public.django_content_type VALUES
	(1, 'contenttypes', 'contenttype'),
	(2, 'auth', 'permission'),
	(3, 'auth', 'group'),
	(4, 'auth', 'user'),
	(5, 'sessions', 'session'),
	(6, 'campaign', 'channelstate'),
	(7, 'campaign', 'fact'),
	(8, 'campaign', 'pause'),
	(9, 'campaign', 'delivery'),
	(10, 'campaign', 'event'),
	(11, 'campaign', 'post'),
	(12, 'campaign', 'attempt'),
	(13, 'campaign', 'draft'),
	(14, 'campaign', 'invitation'),
	(15, 'campaign', 'profile'),
	(16, 'campaign', 'upload'),
	(17, 'campaign', 'version'),
	(18, 'campaign', 'consent'),
	(19, 'campaign', 'finalword'),
	(20, 'campaign', 'lockedpicture'),
	(21, 'campaign', 'storyteller'),
	(22, 'campaign', 'takedown'),
	(23, 'campaign', 'withdrawal'),
	(24, 'campaign', 'secondcopy'),
	(25, 'campaign', 'installation'),
	(26, 'campaign', 'stray'),
	(27, 'campaign', 'takingback'),
	(28, 'campaign', 'tally'),
	(29, 'campaign', 'leftover'),
	(30, 'campaign', 'calledwrong'),
	(31, 'campaign', 'shownpage'),
	(32, 'campaign', 'incident'),
	(33, 'campaign', 'hand'),
	(34, 'campaign', 'quietday'),
	(35, 'campaign', 'allowance'),
	(36, 'campaign', 'shared'),
	(37, 'campaign', 'series'),
	(38, 'campaign', 'linkedpage'),
	(39, 'campaign', 'closing'),
	(40, 'campaign', 'evergreen'),
	(41, 'campaign', 'variant'),
	(42, 'campaign', 'repetition'),
	(43, 'campaign', 'correction'),
	(44, 'campaign', 'replacement'),
	(45, 'account', 'emailaddress'),
	(46, 'account', 'emailconfirmation'),
	(47, 'mfa', 'authenticator');


INSERT INTO public.django_migrations VALUES
	(1, 'contenttypes', '0001_initial', '2026-11-29 23:27:22.261435-05'),
	(2, 'auth', '0001_initial', '2026-11-29 23:27:22.280307-05'),
	(3, 'account', '0001_initial', '2026-11-29 23:27:22.289175-05'),
	(4, 'account', '0002_email_max_length', '2026-11-29 23:27:22.293963-05'),
	(5, 'account', '0003_alter_emailaddress_create_unique_verified_email', '2026-11-29 23:27:22.299354-05'),
	(6, 'account', '0004_alter_emailaddress_drop_unique_email', '2026-11-29 23:27:22.30521-05'),
	(7, 'account', '0005_emailaddress_idx_upper_email', '2026-11-29 23:27:22.308398-05'),
	(8, 'account', '0006_emailaddress_lower', '2026-11-29 23:27:22.312315-05'),
	(9, 'account', '0007_emailaddress_idx_email', '2026-11-29 23:27:22.318699-05'),
	(10, 'account', '0008_emailaddress_unique_primary_email_fixup', '2026-11-29 23:27:22.322657-05'),
	(11, 'account', '0009_emailaddress_unique_primary_email', '2026-11-29 23:27:22.32741-05'),
	(12, 'contenttypes', '0002_remove_content_type_name', '2026-11-29 23:27:22.33387-05'),
	(13, 'auth', '0002_alter_permission_name_max_length', '2026-11-29 23:27:22.337412-05'),
	(14, 'auth', '0003_alter_user_email_max_length', '2026-11-29 23:27:22.340838-05'),
	(15, 'auth', '0004_alter_user_username_opts', '2026-11-29 23:27:22.343467-05'),
	(16, 'auth', '0005_alter_user_last_login_null', '2026-11-29 23:27:22.346183-05'),
	(17, 'auth', '0006_require_contenttypes_0002', '2026-11-29 23:27:22.346609-05'),
	(18, 'auth', '0007_alter_validators_add_error_messages', '2026-11-29 23:27:22.349103-05'),
	(19, 'auth', '0008_alter_user_username_max_length', '2026-11-29 23:27:22.353613-05'),
	(20, 'auth', '0009_alter_user_last_name_max_length', '2026-11-29 23:27:22.356654-05'),
	(21, 'auth', '0010_alter_group_name_max_length', '2026-11-29 23:27:22.362072-05'),
	(22, 'auth', '0011_update_proxy_permissions', '2026-11-29 23:27:22.364833-05'),
	(23, 'auth', '0012_alter_user_first_name_max_length', '2026-11-29 23:27:22.367607-05'),
	(24, 'campaign', '0001_initial', '2026-11-29 23:27:22.538402-05'),
	(25, 'campaign', '0002_log_is_append_only', '2026-11-29 23:27:22.548406-05'),
	(26, 'campaign', '0003_web', '2026-11-29 23:27:22.674718-05'),
	(27, 'campaign', '0004_search', '2026-11-29 23:27:22.723577-05'),
	(28, 'campaign', '0005_stories', '2026-11-29 23:27:22.812552-05'),
	(29, 'campaign', '0006_older_databases', '2026-11-29 23:27:22.82422-05'),
	(30, 'campaign', '0007_was_story', '2026-11-29 23:27:22.843234-05'),
	(31, 'campaign', '0008_sentences', '2026-11-29 23:27:22.990048-05'),
	(32, 'campaign', '0009_second_copies', '2026-11-29 23:27:23.00315-05'),
	(33, 'campaign', '0010_looking_back', '2026-11-29 23:27:23.00912-05'),
	(34, 'campaign', '0011_clocks', '2026-11-29 23:27:23.016791-05'),
	(35, 'campaign', '0012_limits', '2026-11-29 23:27:23.065522-05'),
	(36, 'campaign', '0013_truly_erased', '2026-11-29 23:27:23.110776-05'),
	(37, 'campaign', '0014_consent_binds', '2026-11-29 23:27:23.129003-05'),
	(38, 'campaign', '0015_called_wrong', '2026-11-29 23:27:23.142302-05'),
	(39, 'campaign', '0016_agreeing', '2026-11-29 23:27:23.177326-05'),
	(40, 'campaign', '0017_hands_and_incidents', '2026-11-29 23:27:23.20708-05'),
	(41, 'campaign', '0018_days_of_remembrance', '2026-11-29 23:27:23.26131-05'),
	(42, 'campaign', '0019_shared', '2026-11-29 23:27:23.276024-05'),
	(43, 'campaign', '0020_series', '2026-11-29 23:27:23.431206-05'),
	(44, 'campaign', '0021_cut_pictures', '2026-11-29 23:27:23.447522-05'),
	(45, 'campaign', '0022_links_and_search', '2026-11-29 23:27:23.486295-05'),
	(46, 'campaign', '0023_closing', '2026-11-29 23:27:23.501378-05'),
	(47, 'campaign', '0024_second_eyes_on_facts', '2026-11-29 23:27:23.502798-05'),
	(48, 'campaign', '0025_evergreen', '2026-11-29 23:27:23.548523-05'),
	(49, 'campaign', '0026_corrections', '2026-11-29 23:27:23.578771-05'),
	(50, 'mfa', '0001_initial', '2026-11-29 23:27:23.596439-05'),
	(51, 'mfa', '0002_authenticator_timestamps', '2026-11-29 23:27:23.613332-05'),
	(52, 'mfa', '0003_authenticator_type_uniq', '2026-11-29 23:27:23.63932-05'),
	(53, 'sessions', '0001_initial', '2026-11-29 23:27:23.642066-05');


INSERT INTO public.django_session VALUES
	('fake-000000000000000000000000000', 'fake', '2027-09-15 08:00:00-04');


INSERT INTO public.mfa_authenticator VALUES
	(1, 'totp', '{"secret": "FAKE"}', 1, '2027-09-01 08:00:00-04', NULL);


SELECT pg_catalog.setval('public.account_emailaddress_id_seq', 1, false);


SELECT pg_catalog.setval('public.account_emailconfirmation_id_seq', 1, false);


SELECT pg_catalog.setval('public.auth_group_id_seq', 12, true);


SELECT pg_catalog.setval('public.auth_group_permissions_id_seq', 1, false);


SELECT pg_catalog.setval('public.auth_permission_id_seq', 188, true);


SELECT pg_catalog.setval('public.auth_user_groups_id_seq', 3, true);


SELECT pg_catalog.setval('public.auth_user_id_seq', 3, true);


SELECT pg_catalog.setval('public.auth_user_user_permissions_id_seq', 1, false);


SELECT pg_catalog.setval('public.campaign_allowance_id_seq', 1, true);


SELECT pg_catalog.setval('public.campaign_attempt_id_seq', 13, true);


SELECT pg_catalog.setval('public.campaign_calledwrong_id_seq', 1, true);


SELECT pg_catalog.setval('public.campaign_channelstate_id_seq', 18, true);


SELECT pg_catalog.setval('public.campaign_closing_id_seq', 1, true);


SELECT pg_catalog.setval('public.campaign_consent_id_seq', 2, true);


SELECT pg_catalog.setval('public.campaign_correction_id_seq', 1, true);


SELECT pg_catalog.setval('public.campaign_delivery_id_seq', 20, true);


SELECT pg_catalog.setval('public.campaign_draft_id_seq', 1, true);


SELECT pg_catalog.setval('public.campaign_event_id_seq', 70, true);


SELECT pg_catalog.setval('public.campaign_evergreen_id_seq', 1, true);


SELECT pg_catalog.setval('public.campaign_fact_id_seq', 2, true);


SELECT pg_catalog.setval('public.campaign_finalword_id_seq', 8, true);


SELECT pg_catalog.setval('public.campaign_hand_id_seq', 1, true);


SELECT pg_catalog.setval('public.campaign_incident_id_seq', 1, true);


SELECT pg_catalog.setval('public.campaign_installation_id_seq', 1, true);


SELECT pg_catalog.setval('public.campaign_invitation_id_seq', 1, true);


SELECT pg_catalog.setval('public.campaign_leftover_id_seq', 1, true);


SELECT pg_catalog.setval('public.campaign_linkedpage_id_seq', 1, true);


SELECT pg_catalog.setval('public.campaign_lockedpicture_id_seq', 1, true);


SELECT pg_catalog.setval('public.campaign_pause_id_seq', 2, true);


SELECT pg_catalog.setval('public.campaign_post_id_seq', 16, true);


SELECT pg_catalog.setval('public.campaign_profile_id_seq', 1, true);


SELECT pg_catalog.setval('public.campaign_quietday_id_seq', 1, true);


SELECT pg_catalog.setval('public.campaign_repetition_id_seq', 1, true);


SELECT pg_catalog.setval('public.campaign_replacement_id_seq', 1, true);


SELECT pg_catalog.setval('public.campaign_secondcopy_id_seq', 1, true);


SELECT pg_catalog.setval('public.campaign_series_id_seq', 1, true);


SELECT pg_catalog.setval('public.campaign_shared_id_seq', 1, true);


SELECT pg_catalog.setval('public.campaign_shownpage_id_seq', 2, true);


SELECT pg_catalog.setval('public.campaign_storyteller_id_seq', 2, true);


SELECT pg_catalog.setval('public.campaign_stray_id_seq', 1, true);


SELECT pg_catalog.setval('public.campaign_takedown_id_seq', 1, true);


SELECT pg_catalog.setval('public.campaign_takingback_id_seq', 1, true);


SELECT pg_catalog.setval('public.campaign_tally_id_seq', 1, true);


SELECT pg_catalog.setval('public.campaign_upload_id_seq', 1, true);


SELECT pg_catalog.setval('public.campaign_variant_id_seq', 1, true);


SELECT pg_catalog.setval('public.campaign_version_id_seq', 16, true);


SELECT pg_catalog.setval('public.campaign_withdrawal_id_seq', 1, true);


SELECT pg_catalog.setval('public.django_content_type_id_seq', 47, true);


SELECT pg_catalog.setval('public.django_migrations_id_seq', 53, true);


SELECT pg_catalog.setval('public.mfa_authenticator_id_seq', 1, true);


ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_email_987c8728_uniq UNIQUE (user_id, email);


ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_key_key UNIQUE (key);


ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.campaign_allowance
    ADD CONSTRAINT allowed_once_a_day UNIQUE (delivery_id, day);


ALTER TABLE ONLY public.campaign_attempt
    ADD CONSTRAINT attempts_are_numbered UNIQUE (delivery_id, number);


ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_name_key UNIQUE (name);


ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_permission_id_0cd325b0_uniq UNIQUE (group_id, permission_id);


ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_codename_01ab375a_uniq UNIQUE (content_type_id, codename);


ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.auth_user_groups
    ADD CONSTRAINT auth_user_groups_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.auth_user_groups
    ADD CONSTRAINT auth_user_groups_user_id_group_id_94350c0c_uniq UNIQUE (user_id, group_id);


ALTER TABLE ONLY public.auth_user
    ADD CONSTRAINT auth_user_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.auth_user_user_permissions
    ADD CONSTRAINT auth_user_user_permissions_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.auth_user_user_permissions
    ADD CONSTRAINT auth_user_user_permissions_user_id_permission_id_14a6b632_uniq UNIQUE (user_id, permission_id);


ALTER TABLE ONLY public.auth_user
    ADD CONSTRAINT auth_user_username_key UNIQUE (username);


ALTER TABLE ONLY public.campaign_calledwrong
    ADD CONSTRAINT called_wrong_once UNIQUE (post_id, code, digest);


ALTER TABLE ONLY public.campaign_allowance
    ADD CONSTRAINT campaign_allowance_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.campaign_attempt
    ADD CONSTRAINT campaign_attempt_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.campaign_attempt_words
    ADD CONSTRAINT campaign_attempt_words_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.campaign_calledwrong
    ADD CONSTRAINT campaign_calledwrong_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.campaign_channelstate
    ADD CONSTRAINT campaign_channelstate_name_key UNIQUE (name);


ALTER TABLE ONLY public.campaign_channelstate
    ADD CONSTRAINT campaign_channelstate_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.campaign_closing
    ADD CONSTRAINT campaign_closing_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.campaign_consent
    ADD CONSTRAINT campaign_consent_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.campaign_correction
    ADD CONSTRAINT campaign_correction_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.campaign_correction
    ADD CONSTRAINT campaign_correction_post_id_key UNIQUE (post_id);


ALTER TABLE ONLY public.campaign_delivery
    ADD CONSTRAINT campaign_delivery_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.campaign_delivery_words
    ADD CONSTRAINT campaign_delivery_words_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.campaign_draft
    ADD CONSTRAINT campaign_draft_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.campaign_event
    ADD CONSTRAINT campaign_event_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.campaign_event_words
    ADD CONSTRAINT campaign_event_words_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.campaign_evergreen
    ADD CONSTRAINT campaign_evergreen_form_key UNIQUE (form);


ALTER TABLE ONLY public.campaign_evergreen
    ADD CONSTRAINT campaign_evergreen_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.campaign_fact
    ADD CONSTRAINT campaign_fact_key_key UNIQUE (key);


ALTER TABLE ONLY public.campaign_fact
    ADD CONSTRAINT campaign_fact_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.campaign_finalword
    ADD CONSTRAINT campaign_finalword_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.campaign_hand
    ADD CONSTRAINT campaign_hand_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.campaign_incident
    ADD CONSTRAINT campaign_incident_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.campaign_installation
    ADD CONSTRAINT campaign_installation_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.campaign_invitation
    ADD CONSTRAINT campaign_invitation_accepted_by_id_key UNIQUE (accepted_by_id);


ALTER TABLE ONLY public.campaign_invitation
    ADD CONSTRAINT campaign_invitation_digest_key UNIQUE (digest);


ALTER TABLE ONLY public.campaign_invitation
    ADD CONSTRAINT campaign_invitation_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.campaign_leftover
    ADD CONSTRAINT campaign_leftover_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.campaign_linkedpage
    ADD CONSTRAINT campaign_linkedpage_digest_key UNIQUE (digest);


ALTER TABLE ONLY public.campaign_linkedpage
    ADD CONSTRAINT campaign_linkedpage_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.campaign_lockedpicture
    ADD CONSTRAINT campaign_lockedpicture_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.campaign_pause
    ADD CONSTRAINT campaign_pause_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.campaign_post
    ADD CONSTRAINT campaign_post_key_key UNIQUE (key);


ALTER TABLE ONLY public.campaign_post
    ADD CONSTRAINT campaign_post_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.campaign_post_words
    ADD CONSTRAINT campaign_post_words_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.campaign_profile
    ADD CONSTRAINT campaign_profile_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.campaign_profile
    ADD CONSTRAINT campaign_profile_user_id_key UNIQUE (user_id);


ALTER TABLE ONLY public.campaign_quietday
    ADD CONSTRAINT campaign_quietday_key_key UNIQUE (key);


ALTER TABLE ONLY public.campaign_quietday
    ADD CONSTRAINT campaign_quietday_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.campaign_repetition
    ADD CONSTRAINT campaign_repetition_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.campaign_replacement
    ADD CONSTRAINT campaign_replacement_delivery_id_key UNIQUE (delivery_id);


ALTER TABLE ONLY public.campaign_replacement
    ADD CONSTRAINT campaign_replacement_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.campaign_secondcopy
    ADD CONSTRAINT campaign_secondcopy_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.campaign_series
    ADD CONSTRAINT campaign_series_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.campaign_shared
    ADD CONSTRAINT campaign_shared_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.campaign_shownpage
    ADD CONSTRAINT campaign_shownpage_digest_key UNIQUE (digest);


ALTER TABLE ONLY public.campaign_shownpage
    ADD CONSTRAINT campaign_shownpage_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.campaign_storyteller
    ADD CONSTRAINT campaign_storyteller_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.campaign_storyteller
    ADD CONSTRAINT campaign_storyteller_reference_key UNIQUE (reference);


ALTER TABLE ONLY public.campaign_stray
    ADD CONSTRAINT campaign_stray_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.campaign_takedown
    ADD CONSTRAINT campaign_takedown_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.campaign_takingback
    ADD CONSTRAINT campaign_takingback_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.campaign_tally
    ADD CONSTRAINT campaign_tally_key_key UNIQUE (key);


ALTER TABLE ONLY public.campaign_tally
    ADD CONSTRAINT campaign_tally_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.campaign_upload
    ADD CONSTRAINT campaign_upload_digest_key UNIQUE (digest);


ALTER TABLE ONLY public.campaign_upload
    ADD CONSTRAINT campaign_upload_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.campaign_variant
    ADD CONSTRAINT campaign_variant_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.campaign_variant
    ADD CONSTRAINT campaign_variant_post_id_key UNIQUE (post_id);


ALTER TABLE ONLY public.campaign_version
    ADD CONSTRAINT campaign_version_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.campaign_withdrawal
    ADD CONSTRAINT campaign_withdrawal_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.campaign_consent
    ADD CONSTRAINT consents_are_numbered UNIQUE (storyteller_id, number);


ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_app_label_model_76bd3d3b_uniq UNIQUE (app_label, model);


ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.django_session
    ADD CONSTRAINT django_session_pkey PRIMARY KEY (session_key);


ALTER TABLE ONLY public.campaign_incident
    ADD CONSTRAINT incidents_are_versioned UNIQUE (number, version);


ALTER TABLE ONLY public.campaign_leftover
    ADD CONSTRAINT leftovers_are_noted_once UNIQUE (kind, place);


ALTER TABLE ONLY public.campaign_lockedpicture
    ADD CONSTRAINT locked_once UNIQUE (digest, storyteller_id);


ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.campaign_delivery
    ADD CONSTRAINT one_delivery_a_channel UNIQUE (post_id, channel);


ALTER TABLE ONLY public.campaign_draft
    ADD CONSTRAINT one_draft_each UNIQUE (post_id, user_id);


ALTER TABLE ONLY public.campaign_repetition
    ADD CONSTRAINT one_repetition_a_slot UNIQUE (evergreen_id, channel, slot);


ALTER TABLE ONLY public.campaign_secondcopy
    ADD CONSTRAINT one_row_for_each_copy UNIQUE (delivery_id, remote_id);


ALTER TABLE ONLY public.campaign_takedown
    ADD CONSTRAINT one_takedown_each UNIQUE (withdrawal_id, delivery_id);


ALTER TABLE ONLY public.campaign_shared
    ADD CONSTRAINT shared_versions_are_numbered UNIQUE (kind, key, number);


ALTER TABLE ONLY public.campaign_stray
    ADD CONSTRAINT strays_are_noted_once UNIQUE (channel, remote_id);


ALTER TABLE ONLY public.campaign_version
    ADD CONSTRAINT versions_are_numbered UNIQUE (post_id, number);


CREATE INDEX account_emailaddress_email_03be32b2 ON public.account_emailaddress USING btree (email);


CREATE INDEX account_emailaddress_email_03be32b2_like ON public.account_emailaddress USING btree (email varchar_pattern_ops);


CREATE INDEX account_emailaddress_user_id_2c513194 ON public.account_emailaddress USING btree (user_id);


CREATE INDEX account_emailconfirmation_email_address_id_5b7f8c58 ON public.account_emailconfirmation USING btree (email_address_id);


CREATE INDEX account_emailconfirmation_key_f43612bd_like ON public.account_emailconfirmation USING btree (key varchar_pattern_ops);


CREATE INDEX auth_group_name_a6ea08ec_like ON public.auth_group USING btree (name varchar_pattern_ops);


CREATE INDEX auth_group_permissions_group_id_b120cbf9 ON public.auth_group_permissions USING btree (group_id);


CREATE INDEX auth_group_permissions_permission_id_84c5c92e ON public.auth_group_permissions USING btree (permission_id);


CREATE INDEX auth_permission_content_type_id_2f476e4b ON public.auth_permission USING btree (content_type_id);


CREATE INDEX auth_user_groups_group_id_97559544 ON public.auth_user_groups USING btree (group_id);


CREATE INDEX auth_user_groups_user_id_6a12ed8b ON public.auth_user_groups USING btree (user_id);


CREATE INDEX auth_user_user_permissions_permission_id_1fbb5f2c ON public.auth_user_user_permissions USING btree (permission_id);


CREATE INDEX auth_user_user_permissions_user_id_a95ead1b ON public.auth_user_user_permissions USING btree (user_id);


CREATE INDEX auth_user_username_6821ab7c_like ON public.auth_user USING btree (username varchar_pattern_ops);


CREATE INDEX being_sent ON public.campaign_delivery USING btree (channel) WHERE ((status)::text = 'sending'::text);


CREATE INDEX by_action ON public.campaign_event USING btree (action, at, id);


CREATE INDEX by_actor ON public.campaign_event USING btree (actor, at, id);


CREATE INDEX by_due ON public.campaign_delivery USING btree (due_at, id);


CREATE INDEX by_fingerprint ON public.campaign_delivery USING btree (fingerprint);


CREATE INDEX called_wrong_at ON public.campaign_calledwrong USING btree (at);


CREATE INDEX campaign_allowance_by_id_f6000ba4 ON public.campaign_allowance USING btree (by_id);


CREATE INDEX campaign_allowance_delivery_id_258c89d1 ON public.campaign_allowance USING btree (delivery_id);


CREATE INDEX campaign_attempt_delivery_id_aed0d9ac ON public.campaign_attempt USING btree (delivery_id);


CREATE INDEX campaign_attempt_started_at_f424efe1 ON public.campaign_attempt USING btree (started_at);


CREATE INDEX campaign_attempt_words_gin ON public.campaign_attempt_words USING gin (words) WITH (fastupdate=off);


CREATE INDEX campaign_calledwrong_by_id_48d9c51c ON public.campaign_calledwrong USING btree (by_id);


CREATE INDEX campaign_calledwrong_post_id_d3b9f33c ON public.campaign_calledwrong USING btree (post_id);


CREATE INDEX campaign_channelstate_name_b89a6e15_like ON public.campaign_channelstate USING btree (name varchar_pattern_ops);


CREATE INDEX campaign_closing_by_id_2aa1951e ON public.campaign_closing USING btree (by_id);


CREATE INDEX campaign_closing_opened_by_id_e56efcec ON public.campaign_closing USING btree (opened_by_id);


CREATE INDEX campaign_consent_storyteller_id_0757c23e ON public.campaign_consent USING btree (storyteller_id);


CREATE INDEX campaign_correction_first_id_b27316e4 ON public.campaign_correction USING btree (first_id);


CREATE INDEX campaign_delivery_approved_by_id_a28ea44e ON public.campaign_delivery USING btree (approved_by_id);


CREATE INDEX campaign_delivery_post_id_f131e1fa ON public.campaign_delivery USING btree (post_id);


CREATE INDEX campaign_delivery_words_gin ON public.campaign_delivery_words USING gin (words) WITH (fastupdate=off);


CREATE INDEX campaign_draft_post_id_140420a1 ON public.campaign_draft USING btree (post_id);


CREATE INDEX campaign_draft_user_id_f2228cd5 ON public.campaign_draft USING btree (user_id);


CREATE INDEX campaign_event_at_39b5fcbb ON public.campaign_event USING btree (at);


CREATE INDEX campaign_event_delivery_id_7b9dc2ac ON public.campaign_event USING btree (delivery_id);


CREATE INDEX campaign_event_post_id_6cdcec2c ON public.campaign_event USING btree (post_id);


CREATE INDEX campaign_event_words_gin ON public.campaign_event_words USING gin (words) WITH (fastupdate=off);


CREATE INDEX campaign_evergreen_form_332572d1_like ON public.campaign_evergreen USING btree (form varchar_pattern_ops);


CREATE INDEX campaign_evergreen_made_by_id_712ed39a ON public.campaign_evergreen USING btree (made_by_id);


CREATE INDEX campaign_fact_key_05789fcb_like ON public.campaign_fact USING btree (key varchar_pattern_ops);


CREATE INDEX campaign_finalword_consent_id_61d30fa8 ON public.campaign_finalword USING btree (consent_id);


CREATE INDEX campaign_finalword_delivery_id_41379b71 ON public.campaign_finalword USING btree (delivery_id);


CREATE INDEX campaign_hand_post_id_abd5eec9 ON public.campaign_hand USING btree (post_id);


CREATE INDEX campaign_hand_storyteller_id_cc4e3a60 ON public.campaign_hand USING btree (storyteller_id);


CREATE INDEX campaign_invitation_by_id_dc97eb8a ON public.campaign_invitation USING btree (by_id);


CREATE INDEX campaign_invitation_digest_f33080c2_like ON public.campaign_invitation USING btree (digest varchar_pattern_ops);


CREATE INDEX campaign_leftover_storyteller_id_6bf443c7 ON public.campaign_leftover USING btree (storyteller_id);


CREATE INDEX campaign_linkedpage_digest_9432fb08_like ON public.campaign_linkedpage USING btree (digest varchar_pattern_ops);


CREATE INDEX campaign_lockedpicture_storyteller_id_85331ace ON public.campaign_lockedpicture USING btree (storyteller_id);


CREATE INDEX campaign_post_author_id_7ae654f5 ON public.campaign_post USING btree (author_id);


CREATE INDEX campaign_post_campaign_6989a376 ON public.campaign_post USING btree (campaign);


CREATE INDEX campaign_post_campaign_6989a376_like ON public.campaign_post USING btree (campaign varchar_pattern_ops);


CREATE INDEX campaign_post_editor_id_633ff088 ON public.campaign_post USING btree (editor_id);


CREATE INDEX campaign_post_key_c7fda4a1_like ON public.campaign_post USING btree (key varchar_pattern_ops);


CREATE INDEX campaign_post_series_id ON public.campaign_post USING btree (series_id);


CREATE INDEX campaign_post_words_gin ON public.campaign_post_words USING gin (words) WITH (fastupdate=off);


CREATE INDEX campaign_profile_feed_digest_f25d2d92 ON public.campaign_profile USING btree (feed_digest);


CREATE INDEX campaign_profile_feed_digest_f25d2d92_like ON public.campaign_profile USING btree (feed_digest varchar_pattern_ops);


CREATE INDEX campaign_quietday_key_ba3731da_like ON public.campaign_quietday USING btree (key varchar_pattern_ops);


CREATE INDEX campaign_repetition_evergreen_id_4db5bcfc ON public.campaign_repetition USING btree (evergreen_id);


CREATE INDEX campaign_repetition_post_id_1a4b889b ON public.campaign_repetition USING btree (post_id);


CREATE INDEX campaign_repetition_variant_id_3e4d1fc5 ON public.campaign_repetition USING btree (variant_id);


CREATE INDEX campaign_replacement_correction_id_2a972dc7 ON public.campaign_replacement USING btree (correction_id);


CREATE INDEX campaign_secondcopy_delivery_id_d114604d ON public.campaign_secondcopy USING btree (delivery_id);


CREATE INDEX campaign_series_by_id_9bcae26b ON public.campaign_series USING btree (by_id);


CREATE INDEX campaign_shared_by_id_690e1f1f ON public.campaign_shared USING btree (by_id);


CREATE INDEX campaign_shared_confirmed_by_id_8aa0d6bd ON public.campaign_shared USING btree (confirmed_by_id);


CREATE INDEX campaign_shownpage_digest_965cd75e_like ON public.campaign_shownpage USING btree (digest varchar_pattern_ops);


CREATE INDEX campaign_storyteller_link_digest_64efdacb ON public.campaign_storyteller USING btree (link_digest);


CREATE INDEX campaign_storyteller_link_digest_64efdacb_like ON public.campaign_storyteller USING btree (link_digest varchar_pattern_ops);


CREATE INDEX campaign_storyteller_reference_26b3c0e3_like ON public.campaign_storyteller USING btree (reference varchar_pattern_ops);


CREATE INDEX campaign_stray_channel_321f9d56 ON public.campaign_stray USING btree (channel);


CREATE INDEX campaign_stray_channel_321f9d56_like ON public.campaign_stray USING btree (channel varchar_pattern_ops);


CREATE INDEX campaign_takedown_delivery_id_7b9ab6a8 ON public.campaign_takedown USING btree (delivery_id);


CREATE INDEX campaign_takedown_withdrawal_id_4cff63aa ON public.campaign_takedown USING btree (withdrawal_id);


CREATE INDEX campaign_takingback_storyteller_id_e975b627 ON public.campaign_takingback USING btree (storyteller_id);


CREATE INDEX campaign_tally_key_24041b54_like ON public.campaign_tally USING btree (key varchar_pattern_ops);


CREATE INDEX campaign_tally_until_4a30ce99 ON public.campaign_tally USING btree (until);


CREATE INDEX campaign_upload_by_id_44e169ae ON public.campaign_upload USING btree (by_id);


CREATE INDEX campaign_upload_digest_170747a0_like ON public.campaign_upload USING btree (digest varchar_pattern_ops);


CREATE INDEX campaign_upload_post_id_f15f43d6 ON public.campaign_upload USING btree (post_id);


CREATE INDEX campaign_variant_added_by_id_ecf72299 ON public.campaign_variant USING btree (added_by_id);


CREATE INDEX campaign_variant_allowed_by_id_00afd287 ON public.campaign_variant USING btree (allowed_by_id);


CREATE INDEX campaign_variant_evergreen_id_204039f1 ON public.campaign_variant USING btree (evergreen_id);


CREATE INDEX campaign_version_by_id_2559b26c ON public.campaign_version USING btree (by_id);


CREATE INDEX campaign_version_post_id_0f8b5068 ON public.campaign_version USING btree (post_id);


CREATE INDEX campaign_withdrawal_storyteller_id_dde7e416 ON public.campaign_withdrawal USING btree (storyteller_id);


CREATE UNIQUE INDEX closed_once_at_a_time ON public.campaign_closing USING btree (campaign) WHERE (opened_at IS NULL);


CREATE INDEX copies_that_stand ON public.campaign_secondcopy USING btree (next_at) WHERE (ended_at IS NULL);


CREATE INDEX django_session_expire_date_a5c62663 ON public.django_session USING btree (expire_date);


CREATE INDEX django_session_session_key_c0390e0f_like ON public.django_session USING btree (session_key varchar_pattern_ops);


CREATE INDEX hands_up ON public.campaign_hand USING btree (raised_at) WHERE (in_touch_at IS NULL);


CREATE INDEX in_doubt ON public.campaign_delivery USING btree (channel, look_at) WHERE ((status)::text = 'unconfirmed'::text);


CREATE INDEX mfa_authenticator_user_id_0c3a50c0 ON public.mfa_authenticator USING btree (user_id);


CREATE INDEX not_well ON public.campaign_attempt USING btree (outcome, started_at, id) WHERE ((outcome)::text = ANY ((ARRAY['refused'::character varying, 'try_later'::character varying, 'unconfirmed'::character varying])::text[]));


CREATE UNIQUE INDEX one_open_taking_back ON public.campaign_takingback USING btree (storyteller_id, scope) WHERE (decided_at IS NULL);


CREATE UNIQUE INDEX one_post_a_form ON public.campaign_post USING btree (form) WHERE (form IS NOT NULL);


CREATE UNIQUE INDEX one_raised_hand_a_person ON public.campaign_hand USING btree (storyteller_id) WHERE (in_touch_at IS NULL);


CREATE UNIQUE INDEX one_raised_hand_a_post ON public.campaign_hand USING btree (post_id) WHERE (in_touch_at IS NULL);


CREATE UNIQUE INDEX one_record_a_form ON public.campaign_storyteller USING btree (form) WHERE (form IS NOT NULL);


CREATE UNIQUE INDEX one_series_a_form ON public.campaign_series USING btree (form) WHERE (form IS NOT NULL);


CREATE INDEX others_due ON public.campaign_delivery USING btree (status, due_at, id) WHERE ((status)::text = ANY ((ARRAY['queued'::character varying, 'sending'::character varying, 'unconfirmed'::character varying, 'cancelled'::character varying, 'withdrawn'::character varying, 'removed'::character varying])::text[]));


CREATE INDEX post_stage ON public.campaign_post USING btree (stage, loaded_at) WHERE (NOT ((stage)::text = 'planned'::text));


CREATE INDEX published_when ON public.campaign_delivery USING btree (channel, published_at);


CREATE INDEX queued_channel ON public.campaign_delivery USING btree (channel, due_at) WHERE ((status)::text = 'queued'::text);


CREATE INDEX queued_latest ON public.campaign_delivery USING btree (latest_at) WHERE ((status)::text = 'queued'::text);


CREATE INDEX queued_next ON public.campaign_delivery USING btree (next_at, channel) WHERE ((status)::text = 'queued'::text);


CREATE INDEX still_standing ON public.campaign_takedown USING btree (next_at) WHERE (gone_at IS NULL);


CREATE INDEX stories_aside ON public.campaign_storyteller USING btree (made_at) WHERE is_aside;


CREATE UNIQUE INDEX unique_authenticator_type ON public.mfa_authenticator USING btree (user_id, type) WHERE ((type)::text = ANY ((ARRAY['totp'::character varying, 'recovery_codes'::character varying])::text[]));


CREATE UNIQUE INDEX unique_primary_email ON public.account_emailaddress USING btree (user_id, "primary") WHERE "primary";


CREATE UNIQUE INDEX unique_verified_email ON public.account_emailaddress USING btree (email) WHERE verified;


CREATE INDEX waiting_due ON public.campaign_delivery USING btree (status, due_at, id) WHERE ((status)::text = ANY ((ARRAY['draft'::character varying, 'missed'::character varying, 'failed'::character varying])::text[]));


CREATE INDEX word_on_a_text ON public.campaign_finalword USING btree (delivery_id, consent_id, fingerprint);


CREATE TRIGGER campaign_attempt_kept_delete BEFORE DELETE ON public.campaign_attempt FOR EACH ROW EXECUTE FUNCTION public.campaign_log_is_kept();


CREATE TRIGGER campaign_attempt_kept_truncate BEFORE TRUNCATE ON public.campaign_attempt FOR EACH STATEMENT EXECUTE FUNCTION public.campaign_log_is_kept();


CREATE TRIGGER campaign_attempt_kept_update BEFORE UPDATE ON public.campaign_attempt FOR EACH ROW WHEN ((old.finished_at IS NOT NULL)) EXECUTE FUNCTION public.campaign_attempt_is_kept();


CREATE TRIGGER campaign_attempt_words_delete AFTER DELETE ON public.campaign_attempt FOR EACH ROW EXECUTE FUNCTION public.campaign_attempt_words_gone();


CREATE TRIGGER campaign_attempt_words_insert AFTER INSERT ON public.campaign_attempt FOR EACH ROW EXECUTE FUNCTION public.campaign_attempt_words_kept();


CREATE TRIGGER campaign_attempt_words_truncate AFTER TRUNCATE ON public.campaign_attempt FOR EACH STATEMENT EXECUTE FUNCTION public.campaign_attempt_words_emptied();


CREATE TRIGGER campaign_attempt_words_update AFTER UPDATE OF detail ON public.campaign_attempt FOR EACH ROW WHEN ((new.detail IS DISTINCT FROM old.detail)) EXECUTE FUNCTION public.campaign_attempt_words_kept();


CREATE TRIGGER campaign_delivery_words_delete AFTER DELETE ON public.campaign_delivery FOR EACH ROW EXECUTE FUNCTION public.campaign_delivery_words_gone();


CREATE TRIGGER campaign_delivery_words_insert AFTER INSERT ON public.campaign_delivery FOR EACH ROW EXECUTE FUNCTION public.campaign_delivery_words_kept();


CREATE TRIGGER campaign_delivery_words_truncate AFTER TRUNCATE ON public.campaign_delivery FOR EACH STATEMENT EXECUTE FUNCTION public.campaign_delivery_words_emptied();


CREATE TRIGGER campaign_delivery_words_update AFTER UPDATE OF text, post_id ON public.campaign_delivery FOR EACH ROW WHEN (((new.text IS DISTINCT FROM old.text) OR (new.post_id IS DISTINCT FROM old.post_id))) EXECUTE FUNCTION public.campaign_delivery_words_kept();


CREATE TRIGGER campaign_event_kept_delete BEFORE DELETE ON public.campaign_event FOR EACH ROW EXECUTE FUNCTION public.campaign_log_is_kept();


CREATE TRIGGER campaign_event_kept_truncate BEFORE TRUNCATE ON public.campaign_event FOR EACH STATEMENT EXECUTE FUNCTION public.campaign_log_is_kept();


CREATE TRIGGER campaign_event_kept_update BEFORE UPDATE ON public.campaign_event FOR EACH ROW EXECUTE FUNCTION public.campaign_event_is_kept();


CREATE TRIGGER campaign_event_words_delete AFTER DELETE ON public.campaign_event FOR EACH ROW EXECUTE FUNCTION public.campaign_event_words_gone();


CREATE TRIGGER campaign_event_words_insert AFTER INSERT ON public.campaign_event FOR EACH ROW EXECUTE FUNCTION public.campaign_event_words_kept();


CREATE TRIGGER campaign_event_words_truncate AFTER TRUNCATE ON public.campaign_event FOR EACH STATEMENT EXECUTE FUNCTION public.campaign_event_words_emptied();


CREATE TRIGGER campaign_event_words_update AFTER UPDATE OF reason, post_id ON public.campaign_event FOR EACH ROW WHEN (((new.reason IS DISTINCT FROM old.reason) OR (new.post_id IS DISTINCT FROM old.post_id))) EXECUTE FUNCTION public.campaign_event_words_kept();


CREATE TRIGGER campaign_post_renamed AFTER UPDATE OF title, key ON public.campaign_post FOR EACH ROW WHEN ((((new.title)::text <> (old.title)::text) OR ((new.key)::text <> (old.key)::text))) EXECUTE FUNCTION public.campaign_post_renamed();


CREATE TRIGGER campaign_post_words_delete AFTER DELETE ON public.campaign_post FOR EACH ROW EXECUTE FUNCTION public.campaign_post_words_delete();


CREATE TRIGGER campaign_post_words_insert AFTER INSERT ON public.campaign_post FOR EACH ROW EXECUTE FUNCTION public.campaign_post_words_insert();


CREATE TRIGGER campaign_post_words_truncate AFTER TRUNCATE ON public.campaign_post FOR EACH STATEMENT EXECUTE FUNCTION public.campaign_post_words_emptied();


CREATE TRIGGER campaign_post_words_update AFTER UPDATE OF title, key, storyteller ON public.campaign_post FOR EACH ROW WHEN ((((new.title)::text IS DISTINCT FROM (old.title)::text) OR ((new.key)::text IS DISTINCT FROM (old.key)::text) OR ((new.storyteller)::text IS DISTINCT FROM (old.storyteller)::text))) EXECUTE FUNCTION public.campaign_post_words_update();


CREATE TRIGGER campaign_version_words_delete AFTER DELETE ON public.campaign_version FOR EACH ROW EXECUTE FUNCTION public.campaign_version_words_delete();


CREATE TRIGGER campaign_version_words_insert AFTER INSERT ON public.campaign_version FOR EACH ROW EXECUTE FUNCTION public.campaign_version_words_insert();


CREATE TRIGGER campaign_version_words_update AFTER UPDATE OF source ON public.campaign_version FOR EACH ROW WHEN ((new.source IS DISTINCT FROM old.source)) EXECUTE FUNCTION public.campaign_version_words_update();


ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_2c513194_fk_auth_user_id FOREIGN KEY (user_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirm_email_address_id_5b7f8c58_fk_account_e FOREIGN KEY (email_address_id) REFERENCES public.account_emailaddress(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissio_permission_id_84c5c92e_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_b120cbf9_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_2f476e4b_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.auth_user_groups
    ADD CONSTRAINT auth_user_groups_group_id_97559544_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.auth_user_groups
    ADD CONSTRAINT auth_user_groups_user_id_6a12ed8b_fk_auth_user_id FOREIGN KEY (user_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.auth_user_user_permissions
    ADD CONSTRAINT auth_user_user_permi_permission_id_1fbb5f2c_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.auth_user_user_permissions
    ADD CONSTRAINT auth_user_user_permissions_user_id_a95ead1b_fk_auth_user_id FOREIGN KEY (user_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaign_allowance
    ADD CONSTRAINT campaign_allowance_by_id_f6000ba4_fk_auth_user_id FOREIGN KEY (by_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaign_allowance
    ADD CONSTRAINT campaign_allowance_delivery_id_258c89d1_fk_campaign_delivery_id FOREIGN KEY (delivery_id) REFERENCES public.campaign_delivery(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaign_attempt
    ADD CONSTRAINT campaign_attempt_delivery_id_aed0d9ac_fk_campaign_delivery_id FOREIGN KEY (delivery_id) REFERENCES public.campaign_delivery(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaign_calledwrong
    ADD CONSTRAINT campaign_calledwrong_by_id_48d9c51c_fk_auth_user_id FOREIGN KEY (by_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaign_calledwrong
    ADD CONSTRAINT campaign_calledwrong_post_id_d3b9f33c_fk_campaign_post_id FOREIGN KEY (post_id) REFERENCES public.campaign_post(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaign_closing
    ADD CONSTRAINT campaign_closing_by_id_2aa1951e_fk_auth_user_id FOREIGN KEY (by_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaign_closing
    ADD CONSTRAINT campaign_closing_opened_by_id_e56efcec_fk_auth_user_id FOREIGN KEY (opened_by_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaign_consent
    ADD CONSTRAINT campaign_consent_storyteller_id_0757c23e_fk_campaign_ FOREIGN KEY (storyteller_id) REFERENCES public.campaign_storyteller(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaign_correction
    ADD CONSTRAINT campaign_correction_first_id_b27316e4_fk_campaign_post_id FOREIGN KEY (first_id) REFERENCES public.campaign_post(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaign_correction
    ADD CONSTRAINT campaign_correction_post_id_6f50ae2b_fk_campaign_post_id FOREIGN KEY (post_id) REFERENCES public.campaign_post(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaign_delivery
    ADD CONSTRAINT campaign_delivery_approved_by_id_a28ea44e_fk_auth_user_id FOREIGN KEY (approved_by_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaign_delivery
    ADD CONSTRAINT campaign_delivery_post_id_f131e1fa_fk_campaign_post_id FOREIGN KEY (post_id) REFERENCES public.campaign_post(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaign_draft
    ADD CONSTRAINT campaign_draft_post_id_140420a1_fk_campaign_post_id FOREIGN KEY (post_id) REFERENCES public.campaign_post(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaign_draft
    ADD CONSTRAINT campaign_draft_user_id_f2228cd5_fk_auth_user_id FOREIGN KEY (user_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaign_event
    ADD CONSTRAINT campaign_event_delivery_id_7b9dc2ac_fk_campaign_delivery_id FOREIGN KEY (delivery_id) REFERENCES public.campaign_delivery(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaign_event
    ADD CONSTRAINT campaign_event_post_id_6cdcec2c_fk_campaign_post_id FOREIGN KEY (post_id) REFERENCES public.campaign_post(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaign_evergreen
    ADD CONSTRAINT campaign_evergreen_made_by_id_712ed39a_fk_auth_user_id FOREIGN KEY (made_by_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaign_finalword
    ADD CONSTRAINT campaign_finalword_consent_id_61d30fa8_fk_campaign_consent_id FOREIGN KEY (consent_id) REFERENCES public.campaign_consent(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaign_finalword
    ADD CONSTRAINT campaign_finalword_delivery_id_41379b71_fk_campaign_delivery_id FOREIGN KEY (delivery_id) REFERENCES public.campaign_delivery(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaign_hand
    ADD CONSTRAINT campaign_hand_post_id_abd5eec9_fk_campaign_post_id FOREIGN KEY (post_id) REFERENCES public.campaign_post(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaign_hand
    ADD CONSTRAINT campaign_hand_storyteller_id_cc4e3a60_fk_campaign_ FOREIGN KEY (storyteller_id) REFERENCES public.campaign_storyteller(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaign_invitation
    ADD CONSTRAINT campaign_invitation_accepted_by_id_76dadc24_fk_auth_user_id FOREIGN KEY (accepted_by_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaign_invitation
    ADD CONSTRAINT campaign_invitation_by_id_dc97eb8a_fk_auth_user_id FOREIGN KEY (by_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaign_leftover
    ADD CONSTRAINT campaign_leftover_storyteller_id_6bf443c7_fk_campaign_ FOREIGN KEY (storyteller_id) REFERENCES public.campaign_storyteller(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaign_lockedpicture
    ADD CONSTRAINT campaign_lockedpictu_storyteller_id_85331ace_fk_campaign_ FOREIGN KEY (storyteller_id) REFERENCES public.campaign_storyteller(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaign_post
    ADD CONSTRAINT campaign_post_author_id_7ae654f5_fk_auth_user_id FOREIGN KEY (author_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaign_post
    ADD CONSTRAINT campaign_post_editor_id_633ff088_fk_auth_user_id FOREIGN KEY (editor_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaign_post
    ADD CONSTRAINT campaign_post_series_id_fkey FOREIGN KEY (series_id) REFERENCES public.campaign_series(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaign_profile
    ADD CONSTRAINT campaign_profile_user_id_73b861ea_fk_auth_user_id FOREIGN KEY (user_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaign_repetition
    ADD CONSTRAINT campaign_repetition_evergreen_id_4db5bcfc_fk_campaign_ FOREIGN KEY (evergreen_id) REFERENCES public.campaign_evergreen(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaign_repetition
    ADD CONSTRAINT campaign_repetition_post_id_1a4b889b_fk_campaign_post_id FOREIGN KEY (post_id) REFERENCES public.campaign_post(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaign_repetition
    ADD CONSTRAINT campaign_repetition_variant_id_3e4d1fc5_fk_campaign_variant_id FOREIGN KEY (variant_id) REFERENCES public.campaign_variant(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaign_replacement
    ADD CONSTRAINT campaign_replacement_correction_id_2a972dc7_fk_campaign_ FOREIGN KEY (correction_id) REFERENCES public.campaign_delivery(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaign_replacement
    ADD CONSTRAINT campaign_replacement_delivery_id_d854e1cf_fk_campaign_ FOREIGN KEY (delivery_id) REFERENCES public.campaign_delivery(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaign_secondcopy
    ADD CONSTRAINT campaign_secondcopy_delivery_id_d114604d_fk_campaign_ FOREIGN KEY (delivery_id) REFERENCES public.campaign_delivery(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaign_series
    ADD CONSTRAINT campaign_series_by_id_9bcae26b_fk_auth_user_id FOREIGN KEY (by_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaign_shared
    ADD CONSTRAINT campaign_shared_by_id_690e1f1f_fk_auth_user_id FOREIGN KEY (by_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaign_shared
    ADD CONSTRAINT campaign_shared_confirmed_by_id_8aa0d6bd_fk_auth_user_id FOREIGN KEY (confirmed_by_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaign_takedown
    ADD CONSTRAINT campaign_takedown_delivery_id_7b9ab6a8_fk_campaign_delivery_id FOREIGN KEY (delivery_id) REFERENCES public.campaign_delivery(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaign_takedown
    ADD CONSTRAINT campaign_takedown_withdrawal_id_4cff63aa_fk_campaign_ FOREIGN KEY (withdrawal_id) REFERENCES public.campaign_withdrawal(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaign_takingback
    ADD CONSTRAINT campaign_takingback_storyteller_id_e975b627_fk_campaign_ FOREIGN KEY (storyteller_id) REFERENCES public.campaign_storyteller(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaign_upload
    ADD CONSTRAINT campaign_upload_by_id_44e169ae_fk_auth_user_id FOREIGN KEY (by_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaign_upload
    ADD CONSTRAINT campaign_upload_post_id_f15f43d6_fk_campaign_post_id FOREIGN KEY (post_id) REFERENCES public.campaign_post(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaign_variant
    ADD CONSTRAINT campaign_variant_added_by_id_ecf72299_fk_auth_user_id FOREIGN KEY (added_by_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaign_variant
    ADD CONSTRAINT campaign_variant_allowed_by_id_00afd287_fk_auth_user_id FOREIGN KEY (allowed_by_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaign_variant
    ADD CONSTRAINT campaign_variant_evergreen_id_204039f1_fk_campaign_evergreen_id FOREIGN KEY (evergreen_id) REFERENCES public.campaign_evergreen(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaign_variant
    ADD CONSTRAINT campaign_variant_post_id_6b21e950_fk_campaign_post_id FOREIGN KEY (post_id) REFERENCES public.campaign_post(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaign_version
    ADD CONSTRAINT campaign_version_by_id_2559b26c_fk_auth_user_id FOREIGN KEY (by_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaign_version
    ADD CONSTRAINT campaign_version_post_id_0f8b5068_fk_campaign_post_id FOREIGN KEY (post_id) REFERENCES public.campaign_post(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaign_withdrawal
    ADD CONSTRAINT campaign_withdrawal_storyteller_id_dde7e416_fk_campaign_ FOREIGN KEY (storyteller_id) REFERENCES public.campaign_storyteller(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_user_id_0c3a50c0_fk_auth_user_id FOREIGN KEY (user_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;




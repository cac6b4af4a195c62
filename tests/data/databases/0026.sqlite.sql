PRAGMA foreign_keys = OFF;
BEGIN;
CREATE TABLE "django_migrations" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "app" varchar(255) NOT NULL, "name" varchar(255) NOT NULL, "applied" datetime NOT NULL);
INSERT INTO "django_migrations" VALUES (1, 'contenttypes', '0001_initial', '2026-11-30 04:27:19.881010');
INSERT INTO "django_migrations" VALUES (2, 'auth', '0001_initial', '2026-11-30 04:27:19.886539');
INSERT INTO "django_migrations" VALUES (3, 'account', '0001_initial', '2026-11-30 04:27:19.892010');
INSERT INTO "django_migrations" VALUES (4, 'account', '0002_email_max_length', '2026-11-30 04:27:19.896000');
INSERT INTO "django_migrations" VALUES (5, 'account', '0003_alter_emailaddress_create_unique_verified_email', '2026-11-30 04:27:19.900906');
INSERT INTO "django_migrations" VALUES (6, 'account', '0004_alter_emailaddress_drop_unique_email', '2026-11-30 04:27:19.905803');
INSERT INTO "django_migrations" VALUES (7, 'account', '0005_emailaddress_idx_upper_email', '2026-11-30 04:27:19.908535');
INSERT INTO "django_migrations" VALUES (8, 'account', '0006_emailaddress_lower', '2026-11-30 04:27:19.911587');
INSERT INTO "django_migrations" VALUES (9, 'account', '0007_emailaddress_idx_email', '2026-11-30 04:27:19.917500');
INSERT INTO "django_migrations" VALUES (10, 'account', '0008_emailaddress_unique_primary_email_fixup', '2026-11-30 04:27:19.921065');
INSERT INTO "django_migrations" VALUES (11, 'account', '0009_emailaddress_unique_primary_email', '2026-11-30 04:27:19.923548');
INSERT INTO "django_migrations" VALUES (12, 'contenttypes', '0002_remove_content_type_name', '2026-11-30 04:27:19.929234');
INSERT INTO "django_migrations" VALUES (13, 'auth', '0002_alter_permission_name_max_length', '2026-11-30 04:27:19.933967');
INSERT INTO "django_migrations" VALUES (14, 'auth', '0003_alter_user_email_max_length', '2026-11-30 04:27:19.937203');
INSERT INTO "django_migrations" VALUES (15, 'auth', '0004_alter_user_username_opts', '2026-11-30 04:27:19.939453');
INSERT INTO "django_migrations" VALUES (16, 'auth', '0005_alter_user_last_login_null', '2026-11-30 04:27:19.942830');
INSERT INTO "django_migrations" VALUES (17, 'auth', '0006_require_contenttypes_0002', '2026-11-30 04:27:19.943040');
INSERT INTO "django_migrations" VALUES (18, 'auth', '0007_alter_validators_add_error_messages', '2026-11-30 04:27:19.945184');
INSERT INTO "django_migrations" VALUES (19, 'auth', '0008_alter_user_username_max_length', '2026-11-30 04:27:19.948427');
INSERT INTO "django_migrations" VALUES (20, 'auth', '0009_alter_user_last_name_max_length', '2026-11-30 04:27:19.951860');
INSERT INTO "django_migrations" VALUES (21, 'auth', '0010_alter_group_name_max_length', '2026-11-30 04:27:19.955335');
INSERT INTO "django_migrations" VALUES (22, 'auth', '0011_update_proxy_permissions', '2026-11-30 04:27:19.957850');
INSERT INTO "django_migrations" VALUES (23, 'auth', '0012_alter_user_first_name_max_length', '2026-11-30 04:27:19.962255');
INSERT INTO "django_migrations" VALUES (24, 'campaign', '0001_initial', '2026-11-30 04:27:20.087036');
INSERT INTO "django_migrations" VALUES (25, 'campaign', '0002_log_is_append_only', '2026-11-30 04:27:20.092267');
INSERT INTO "django_migrations" VALUES (26, 'campaign', '0003_web', '2026-11-30 04:27:20.226700');
INSERT INTO "django_migrations" VALUES (27, 'campaign', '0004_search', '2026-11-30 04:27:20.261482');
INSERT INTO "django_migrations" VALUES (28, 'campaign', '0005_stories', '2026-11-30 04:27:20.432723');
INSERT INTO "django_migrations" VALUES (29, 'campaign', '0006_older_databases', '2026-11-30 04:27:20.441502');
INSERT INTO "django_migrations" VALUES (30, 'campaign', '0007_was_story', '2026-11-30 04:27:20.460133');
INSERT INTO "django_migrations" VALUES (31, 'campaign', '0008_sentences', '2026-11-30 04:27:20.497681');
INSERT INTO "django_migrations" VALUES (32, 'campaign', '0009_second_copies', '2026-11-30 04:27:20.507638');
INSERT INTO "django_migrations" VALUES (33, 'campaign', '0010_looking_back', '2026-11-30 04:27:20.514762');
INSERT INTO "django_migrations" VALUES (34, 'campaign', '0011_clocks', '2026-11-30 04:27:20.522997');
INSERT INTO "django_migrations" VALUES (35, 'campaign', '0012_limits', '2026-11-30 04:27:20.566274');
INSERT INTO "django_migrations" VALUES (36, 'campaign', '0013_truly_erased', '2026-11-30 04:27:20.611100');
INSERT INTO "django_migrations" VALUES (37, 'campaign', '0014_consent_binds', '2026-11-30 04:27:20.632421');
INSERT INTO "django_migrations" VALUES (38, 'campaign', '0015_called_wrong', '2026-11-30 04:27:20.643637');
INSERT INTO "django_migrations" VALUES (39, 'campaign', '0016_agreeing', '2026-11-30 04:27:20.699937');
INSERT INTO "django_migrations" VALUES (40, 'campaign', '0017_hands_and_incidents', '2026-11-30 04:27:20.724450');
INSERT INTO "django_migrations" VALUES (41, 'campaign', '0018_days_of_remembrance', '2026-11-30 04:27:20.869517');
INSERT INTO "django_migrations" VALUES (42, 'campaign', '0019_shared', '2026-11-30 04:27:20.882671');
INSERT INTO "django_migrations" VALUES (43, 'campaign', '0020_series', '2026-11-30 04:27:20.914425');
INSERT INTO "django_migrations" VALUES (44, 'campaign', '0021_cut_pictures', '2026-11-30 04:27:20.932375');
INSERT INTO "django_migrations" VALUES (45, 'campaign', '0022_links_and_search', '2026-11-30 04:27:20.965433');
INSERT INTO "django_migrations" VALUES (46, 'campaign', '0023_closing', '2026-11-30 04:27:20.978906');
INSERT INTO "django_migrations" VALUES (47, 'campaign', '0024_second_eyes_on_facts', '2026-11-30 04:27:20.981451');
INSERT INTO "django_migrations" VALUES (48, 'campaign', '0025_evergreen', '2026-11-30 04:27:21.019963');
INSERT INTO "django_migrations" VALUES (49, 'campaign', '0026_corrections', '2026-11-30 04:27:21.046543');
INSERT INTO "django_migrations" VALUES (50, 'mfa', '0001_initial', '2026-11-30 04:27:21.060692');
INSERT INTO "django_migrations" VALUES (51, 'mfa', '0002_authenticator_timestamps', '2026-11-30 04:27:21.082001');
INSERT INTO "django_migrations" VALUES (52, 'mfa', '0003_authenticator_type_uniq', '2026-11-30 04:27:21.197099');
INSERT INTO "django_migrations" VALUES (53, 'sessions', '0001_initial', '2026-11-30 04:27:21.198474');
CREATE TABLE "auth_group_permissions" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED, "permission_id" integer NOT NULL REFERENCES "auth_permission" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "auth_user_groups" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "auth_user_groups" VALUES (1, 1, 3);
INSERT INTO "auth_user_groups" VALUES (2, 2, 2);
INSERT INTO "auth_user_groups" VALUES (3, 3, 1);
CREATE TABLE "auth_user_user_permissions" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "permission_id" integer NOT NULL REFERENCES "auth_permission" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "account_emailconfirmation" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "created" datetime NOT NULL, "sent" datetime NULL, "key" varchar(64) NOT NULL UNIQUE, "email_address_id" integer NOT NULL REFERENCES "account_emailaddress" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "account_emailaddress" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "verified" bool NOT NULL, "primary" bool NOT NULL, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "email" varchar(254) NOT NULL);
CREATE TABLE "django_content_type" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "app_label" varchar(100) NOT NULL, "model" varchar(100) NOT NULL);
INSERT INTO "django_content_type" VALUES (1, 'contenttypes', 'contenttype');
INSERT INTO "django_content_type" VALUES (2, 'auth', 'permission');
INSERT INTO "django_content_type" VALUES (3, 'auth', 'group');
INSERT INTO "django_content_type" VALUES (4, 'auth', 'user');
INSERT INTO "django_content_type" VALUES (5, 'sessions', 'session');
INSERT INTO "django_content_type" VALUES (6, 'campaign', 'channelstate');
INSERT INTO "django_content_type" VALUES (7, 'campaign', 'fact');
INSERT INTO "django_content_type" VALUES (8, 'campaign', 'pause');
INSERT INTO "django_content_type" VALUES (9, 'campaign', 'delivery');
INSERT INTO "django_content_type" VALUES (10, 'campaign', 'event');
INSERT INTO "django_content_type" VALUES (11, 'campaign', 'post');
INSERT INTO "django_content_type" VALUES (12, 'campaign', 'attempt');
INSERT INTO "django_content_type" VALUES (13, 'campaign', 'draft');
INSERT INTO "django_content_type" VALUES (14, 'campaign', 'invitation');
INSERT INTO "django_content_type" VALUES (15, 'campaign', 'profile');
INSERT INTO "django_content_type" VALUES (16, 'campaign', 'upload');
INSERT INTO "django_content_type" VALUES (17, 'campaign', 'version');
INSERT INTO "django_content_type" VALUES (18, 'campaign', 'consent');
INSERT INTO "django_content_type" VALUES (19, 'campaign', 'finalword');
INSERT INTO "django_content_type" VALUES (20, 'campaign', 'lockedpicture');
INSERT INTO "django_content_type" VALUES (21, 'campaign', 'storyteller');
INSERT INTO "django_content_type" VALUES (22, 'campaign', 'takedown');
INSERT INTO "django_content_type" VALUES (23, 'campaign', 'withdrawal');
INSERT INTO "django_content_type" VALUES (24, 'campaign', 'secondcopy');
INSERT INTO "django_content_type" VALUES (25, 'campaign', 'installation');
INSERT INTO "django_content_type" VALUES (26, 'campaign', 'stray');
INSERT INTO "django_content_type" VALUES (27, 'campaign', 'takingback');
INSERT INTO "django_content_type" VALUES (28, 'campaign', 'tally');
INSERT INTO "django_content_type" VALUES (29, 'campaign', 'leftover');
INSERT INTO "django_content_type" VALUES (30, 'campaign', 'calledwrong');
INSERT INTO "django_content_type" VALUES (31, 'campaign', 'shownpage');
INSERT INTO "django_content_type" VALUES (32, 'campaign', 'incident');
INSERT INTO "django_content_type" VALUES (33, 'campaign', 'hand');
INSERT INTO "django_content_type" VALUES (34, 'campaign', 'quietday');
INSERT INTO "django_content_type" VALUES (35, 'campaign', 'allowance');
INSERT INTO "django_content_type" VALUES (36, 'campaign', 'shared');
INSERT INTO "django_content_type" VALUES (37, 'campaign', 'series');
INSERT INTO "django_content_type" VALUES (38, 'campaign', 'linkedpage');
INSERT INTO "django_content_type" VALUES (39, 'campaign', 'closing');
INSERT INTO "django_content_type" VALUES (40, 'campaign', 'evergreen');
INSERT INTO "django_content_type" VALUES (41, 'campaign', 'variant');
INSERT INTO "django_content_type" VALUES (42, 'campaign', 'repetition');
INSERT INTO "django_content_type" VALUES (43, 'campaign', 'correction');
INSERT INTO "django_content_type" VALUES (44, 'campaign', 'replacement');
INSERT INTO "django_content_type" VALUES (45, 'account', 'emailaddress');
INSERT INTO "django_content_type" VALUES (46, 'account', 'emailconfirmation');
INSERT INTO "django_content_type" VALUES (47, 'mfa', 'authenticator');
CREATE TABLE "auth_permission" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "codename" varchar(100) NOT NULL, "name" varchar(255) NOT NULL);
INSERT INTO "auth_permission" VALUES (1, 1, 'add_contenttype', 'Can add content type');
INSERT INTO "auth_permission" VALUES (2, 1, 'change_contenttype', 'Can change content type');
INSERT INTO "auth_permission" VALUES (3, 1, 'delete_contenttype', 'Can delete content type');
INSERT INTO "auth_permission" VALUES (4, 1, 'view_contenttype', 'Can view content type');
INSERT INTO "auth_permission" VALUES (5, 2, 'add_permission', 'Can add permission');
INSERT INTO "auth_permission" VALUES (6, 2, 'change_permission', 'Can change permission');
INSERT INTO "auth_permission" VALUES (7, 2, 'delete_permission', 'Can delete permission');
INSERT INTO "auth_permission" VALUES (8, 2, 'view_permission', 'Can view permission');
INSERT INTO "auth_permission" VALUES (9, 3, 'add_group', 'Can add group');
INSERT INTO "auth_permission" VALUES (10, 3, 'change_group', 'Can change group');
INSERT INTO "auth_permission" VALUES (11, 3, 'delete_group', 'Can delete group');
INSERT INTO "auth_permission" VALUES (12, 3, 'view_group', 'Can view group');
INSERT INTO "auth_permission" VALUES (13, 4, 'add_user', 'Can add user');
INSERT INTO "auth_permission" VALUES (14, 4, 'change_user', 'Can change user');
INSERT INTO "auth_permission" VALUES (15, 4, 'delete_user', 'Can delete user');
INSERT INTO "auth_permission" VALUES (16, 4, 'view_user', 'Can view user');
INSERT INTO "auth_permission" VALUES (17, 5, 'add_session', 'Can add session');
INSERT INTO "auth_permission" VALUES (18, 5, 'change_session', 'Can change session');
INSERT INTO "auth_permission" VALUES (19, 5, 'delete_session', 'Can delete session');
INSERT INTO "auth_permission" VALUES (20, 5, 'view_session', 'Can view session');
INSERT INTO "auth_permission" VALUES (21, 6, 'add_channelstate', 'Can add channel state');
INSERT INTO "auth_permission" VALUES (22, 6, 'change_channelstate', 'Can change channel state');
INSERT INTO "auth_permission" VALUES (23, 6, 'delete_channelstate', 'Can delete channel state');
INSERT INTO "auth_permission" VALUES (24, 6, 'view_channelstate', 'Can view channel state');
INSERT INTO "auth_permission" VALUES (25, 7, 'add_fact', 'Can add fact');
INSERT INTO "auth_permission" VALUES (26, 7, 'change_fact', 'Can change fact');
INSERT INTO "auth_permission" VALUES (27, 7, 'delete_fact', 'Can delete fact');
INSERT INTO "auth_permission" VALUES (28, 7, 'view_fact', 'Can view fact');
INSERT INTO "auth_permission" VALUES (29, 8, 'add_pause', 'Can add pause');
INSERT INTO "auth_permission" VALUES (30, 8, 'change_pause', 'Can change pause');
INSERT INTO "auth_permission" VALUES (31, 8, 'delete_pause', 'Can delete pause');
INSERT INTO "auth_permission" VALUES (32, 8, 'view_pause', 'Can view pause');
INSERT INTO "auth_permission" VALUES (33, 9, 'add_delivery', 'Can add delivery');
INSERT INTO "auth_permission" VALUES (34, 9, 'change_delivery', 'Can change delivery');
INSERT INTO "auth_permission" VALUES (35, 9, 'delete_delivery', 'Can delete delivery');
INSERT INTO "auth_permission" VALUES (36, 9, 'view_delivery', 'Can view delivery');
INSERT INTO "auth_permission" VALUES (37, 10, 'add_event', 'Can add event');
INSERT INTO "auth_permission" VALUES (38, 10, 'change_event', 'Can change event');
INSERT INTO "auth_permission" VALUES (39, 10, 'delete_event', 'Can delete event');
INSERT INTO "auth_permission" VALUES (40, 10, 'view_event', 'Can view event');
INSERT INTO "auth_permission" VALUES (41, 11, 'add_post', 'Can add post');
INSERT INTO "auth_permission" VALUES (42, 11, 'change_post', 'Can change post');
INSERT INTO "auth_permission" VALUES (43, 11, 'delete_post', 'Can delete post');
INSERT INTO "auth_permission" VALUES (44, 11, 'view_post', 'Can view post');
INSERT INTO "auth_permission" VALUES (45, 12, 'add_attempt', 'Can add attempt');
INSERT INTO "auth_permission" VALUES (46, 12, 'change_attempt', 'Can change attempt');
INSERT INTO "auth_permission" VALUES (47, 12, 'delete_attempt', 'Can delete attempt');
INSERT INTO "auth_permission" VALUES (48, 12, 'view_attempt', 'Can view attempt');
INSERT INTO "auth_permission" VALUES (49, 13, 'add_draft', 'Can add draft');
INSERT INTO "auth_permission" VALUES (50, 13, 'change_draft', 'Can change draft');
INSERT INTO "auth_permission" VALUES (51, 13, 'delete_draft', 'Can delete draft');
INSERT INTO "auth_permission" VALUES (52, 13, 'view_draft', 'Can view draft');
INSERT INTO "auth_permission" VALUES (53, 14, 'add_invitation', 'Can add invitation');
INSERT INTO "auth_permission" VALUES (54, 14, 'change_invitation', 'Can change invitation');
INSERT INTO "auth_permission" VALUES (55, 14, 'delete_invitation', 'Can delete invitation');
INSERT INTO "auth_permission" VALUES (56, 14, 'view_invitation', 'Can view invitation');
INSERT INTO "auth_permission" VALUES (57, 15, 'add_profile', 'Can add profile');
INSERT INTO "auth_permission" VALUES (58, 15, 'change_profile', 'Can change profile');
INSERT INTO "auth_permission" VALUES (59, 15, 'delete_profile', 'Can delete profile');
INSERT INTO "auth_permission" VALUES (60, 15, 'view_profile', 'Can view profile');
INSERT INTO "auth_permission" VALUES (61, 16, 'add_upload', 'Can add upload');
INSERT INTO "auth_permission" VALUES (62, 16, 'change_upload', 'Can change upload');
INSERT INTO "auth_permission" VALUES (63, 16, 'delete_upload', 'Can delete upload');
INSERT INTO "auth_permission" VALUES (64, 16, 'view_upload', 'Can view upload');
INSERT INTO "auth_permission" VALUES (65, 17, 'add_version', 'Can add version');
INSERT INTO "auth_permission" VALUES (66, 17, 'change_version', 'Can change version');
INSERT INTO "auth_permission" VALUES (67, 17, 'delete_version', 'Can delete version');
INSERT INTO "auth_permission" VALUES (68, 17, 'view_version', 'Can view version');
INSERT INTO "auth_permission" VALUES (69, 18, 'add_consent', 'Can add consent');
INSERT INTO "auth_permission" VALUES (70, 18, 'change_consent', 'Can change consent');
INSERT INTO "auth_permission" VALUES (71, 18, 'delete_consent', 'Can delete consent');
INSERT INTO "auth_permission" VALUES (72, 18, 'view_consent', 'Can view consent');
INSERT INTO "auth_permission" VALUES (73, 19, 'add_finalword', 'Can add final word');
INSERT INTO "auth_permission" VALUES (74, 19, 'change_finalword', 'Can change final word');
INSERT INTO "auth_permission" VALUES (75, 19, 'delete_finalword', 'Can delete final word');
INSERT INTO "auth_permission" VALUES (76, 19, 'view_finalword', 'Can view final word');
INSERT INTO "auth_permission" VALUES (77, 20, 'add_lockedpicture', 'Can add locked picture');
INSERT INTO "auth_permission" VALUES (78, 20, 'change_lockedpicture', 'Can change locked picture');
INSERT INTO "auth_permission" VALUES (79, 20, 'delete_lockedpicture', 'Can delete locked picture');
INSERT INTO "auth_permission" VALUES (80, 20, 'view_lockedpicture', 'Can view locked picture');
INSERT INTO "auth_permission" VALUES (81, 21, 'add_storyteller', 'Can add storyteller');
INSERT INTO "auth_permission" VALUES (82, 21, 'change_storyteller', 'Can change storyteller');
INSERT INTO "auth_permission" VALUES (83, 21, 'delete_storyteller', 'Can delete storyteller');
INSERT INTO "auth_permission" VALUES (84, 21, 'view_storyteller', 'Can view storyteller');
INSERT INTO "auth_permission" VALUES (85, 22, 'add_takedown', 'Can add takedown');
INSERT INTO "auth_permission" VALUES (86, 22, 'change_takedown', 'Can change takedown');
INSERT INTO "auth_permission" VALUES (87, 22, 'delete_takedown', 'Can delete takedown');
INSERT INTO "auth_permission" VALUES (88, 22, 'view_takedown', 'Can view takedown');
INSERT INTO "auth_permission" VALUES (89, 23, 'add_withdrawal', 'Can add withdrawal');
INSERT INTO "auth_permission" VALUES (90, 23, 'change_withdrawal', 'Can change withdrawal');
INSERT INTO "auth_permission" VALUES (91, 23, 'delete_withdrawal', 'Can delete withdrawal');
INSERT INTO "auth_permission" VALUES (92, 23, 'view_withdrawal', 'Can view withdrawal');
INSERT INTO "auth_permission" VALUES (93, 24, 'add_secondcopy', 'Can add second copy');
INSERT INTO "auth_permission" VALUES (94, 24, 'change_secondcopy', 'Can change second copy');
INSERT INTO "auth_permission" VALUES (95, 24, 'delete_secondcopy', 'Can delete second copy');
INSERT INTO "auth_permission" VALUES (96, 24, 'view_secondcopy', 'Can view second copy');
INSERT INTO "auth_permission" VALUES (97, 25, 'add_installation', 'Can add installation');
INSERT INTO "auth_permission" VALUES (98, 25, 'change_installation', 'Can change installation');
INSERT INTO "auth_permission" VALUES (99, 25, 'delete_installation', 'Can delete installation');
INSERT INTO "auth_permission" VALUES (100, 25, 'view_installation', 'Can view installation');
INSERT INTO "auth_permission" VALUES (101, 26, 'add_stray', 'Can add stray');
INSERT INTO "auth_permission" VALUES (102, 26, 'change_stray', 'Can change stray');
INSERT INTO "auth_permission" VALUES (103, 26, 'delete_stray', 'Can delete stray');
INSERT INTO "auth_permission" VALUES (104, 26, 'view_stray', 'Can view stray');
INSERT INTO "auth_permission" VALUES (105, 27, 'add_takingback', 'Can add taking back');
INSERT INTO "auth_permission" VALUES (106, 27, 'change_takingback', 'Can change taking back');
INSERT INTO "auth_permission" VALUES (107, 27, 'delete_takingback', 'Can delete taking back');
INSERT INTO "auth_permission" VALUES (108, 27, 'view_takingback', 'Can view taking back');
INSERT INTO "auth_permission" VALUES (109, 28, 'add_tally', 'Can add tally');
INSERT INTO "auth_permission" VALUES (110, 28, 'change_tally', 'Can change tally');
INSERT INTO "auth_permission" VALUES (111, 28, 'delete_tally', 'Can delete tally');
INSERT INTO "auth_permission" VALUES (112, 28, 'view_tally', 'Can view tally');
INSERT INTO "auth_permission" VALUES (113, 29, 'add_leftover', 'Can add leftover');
INSERT INTO "auth_permission" VALUES (114, 29, 'change_leftover', 'Can change leftover');
INSERT INTO "auth_permission" VALUES (115, 29, 'delete_leftover', 'Can delete leftover');
INSERT INTO "auth_permission" VALUES (116, 29, 'view_leftover', 'Can view leftover');
INSERT INTO "auth_permission" VALUES (117, 30, 'add_calledwrong', 'Can add called wrong');
INSERT INTO "auth_permission" VALUES (118, 30, 'change_calledwrong', 'Can change called wrong');
INSERT INTO "auth_permission" VALUES (119, 30, 'delete_calledwrong', 'Can delete called wrong');
INSERT INTO "auth_permission" VALUES (120, 30, 'view_calledwrong', 'Can view called wrong');
INSERT INTO "auth_permission" VALUES (121, 31, 'add_shownpage', 'Can add shown page');
INSERT INTO "auth_permission" VALUES (122, 31, 'change_shownpage', 'Can change shown page');
INSERT INTO "auth_permission" VALUES (123, 31, 'delete_shownpage', 'Can delete shown page');
INSERT INTO "auth_permission" VALUES (124, 31, 'view_shownpage', 'Can view shown page');
INSERT INTO "auth_permission" VALUES (125, 32, 'add_incident', 'Can add incident');
INSERT INTO "auth_permission" VALUES (126, 32, 'change_incident', 'Can change incident');
INSERT INTO "auth_permission" VALUES (127, 32, 'delete_incident', 'Can delete incident');
INSERT INTO "auth_permission" VALUES (128, 32, 'view_incident', 'Can view incident');
INSERT INTO "auth_permission" VALUES (129, 33, 'add_hand', 'Can add hand');
INSERT INTO "auth_permission" VALUES (130, 33, 'change_hand', 'Can change hand');
INSERT INTO "auth_permission" VALUES (131, 33, 'delete_hand', 'Can delete hand');
INSERT INTO "auth_permission" VALUES (132, 33, 'view_hand', 'Can view hand');
INSERT INTO "auth_permission" VALUES (133, 34, 'add_quietday', 'Can add quiet day');
INSERT INTO "auth_permission" VALUES (134, 34, 'change_quietday', 'Can change quiet day');
INSERT INTO "auth_permission" VALUES (135, 34, 'delete_quietday', 'Can delete quiet day');
INSERT INTO "auth_permission" VALUES (136, 34, 'view_quietday', 'Can view quiet day');
INSERT INTO "auth_permission" VALUES (137, 35, 'add_allowance', 'Can add allowance');
INSERT INTO "auth_permission" VALUES (138, 35, 'change_allowance', 'Can change allowance');
INSERT INTO "auth_permission" VALUES (139, 35, 'delete_allowance', 'Can delete allowance');
INSERT INTO "auth_permission" VALUES (140, 35, 'view_allowance', 'Can view allowance');
INSERT INTO "auth_permission" VALUES (141, 36, 'add_shared', 'Can add shared');
INSERT INTO "auth_permission" VALUES (142, 36, 'change_shared', 'Can change shared');
INSERT INTO "auth_permission" VALUES (143, 36, 'delete_shared', 'Can delete shared');
INSERT INTO "auth_permission" VALUES (144, 36, 'view_shared', 'Can view shared');
INSERT INTO "auth_permission" VALUES (145, 37, 'add_series', 'Can add series');
INSERT INTO "auth_permission" VALUES (146, 37, 'change_series', 'Can change series');
INSERT INTO "auth_permission" VALUES (147, 37, 'delete_series', 'Can delete series');
INSERT INTO "auth_permission" VALUES (148, 37, 'view_series', 'Can view series');
INSERT INTO "auth_permission" VALUES (149, 38, 'add_linkedpage', 'Can add linked page');
INSERT INTO "auth_permission" VALUES (150, 38, 'change_linkedpage', 'Can change linked page');
INSERT INTO "auth_permission" VALUES (151, 38, 'delete_linkedpage', 'Can delete linked page');
INSERT INTO "auth_permission" VALUES (152, 38, 'view_linkedpage', 'Can view linked page');
INSERT INTO "auth_permission" VALUES (153, 39, 'add_closing', 'Can add closing');
INSERT INTO "auth_permission" VALUES (154, 39, 'change_closing', 'Can change closing');
INSERT INTO "auth_permission" VALUES (155, 39, 'delete_closing', 'Can delete closing');
INSERT INTO "auth_permission" VALUES (156, 39, 'view_closing', 'Can view closing');
INSERT INTO "auth_permission" VALUES (157, 40, 'add_evergreen', 'Can add evergreen');
INSERT INTO "auth_permission" VALUES (158, 40, 'change_evergreen', 'Can change evergreen');
INSERT INTO "auth_permission" VALUES (159, 40, 'delete_evergreen', 'Can delete evergreen');
INSERT INTO "auth_permission" VALUES (160, 40, 'view_evergreen', 'Can view evergreen');
INSERT INTO "auth_permission" VALUES (161, 41, 'add_variant', 'Can add variant');
INSERT INTO "auth_permission" VALUES (162, 41, 'change_variant', 'Can change variant');
INSERT INTO "auth_permission" VALUES (163, 41, 'delete_variant', 'Can delete variant');
INSERT INTO "auth_permission" VALUES (164, 41, 'view_variant', 'Can view variant');
INSERT INTO "auth_permission" VALUES (165, 42, 'add_repetition', 'Can add repetition');
INSERT INTO "auth_permission" VALUES (166, 42, 'change_repetition', 'Can change repetition');
INSERT INTO "auth_permission" VALUES (167, 42, 'delete_repetition', 'Can delete repetition');
INSERT INTO "auth_permission" VALUES (168, 42, 'view_repetition', 'Can view repetition');
INSERT INTO "auth_permission" VALUES (169, 43, 'add_correction', 'Can add correction');
INSERT INTO "auth_permission" VALUES (170, 43, 'change_correction', 'Can change correction');
INSERT INTO "auth_permission" VALUES (171, 43, 'delete_correction', 'Can delete correction');
INSERT INTO "auth_permission" VALUES (172, 43, 'view_correction', 'Can view correction');
INSERT INTO "auth_permission" VALUES (173, 44, 'add_replacement', 'Can add replacement');
INSERT INTO "auth_permission" VALUES (174, 44, 'change_replacement', 'Can change replacement');
INSERT INTO "auth_permission" VALUES (175, 44, 'delete_replacement', 'Can delete replacement');
INSERT INTO "auth_permission" VALUES (176, 44, 'view_replacement', 'Can view replacement');
INSERT INTO "auth_permission" VALUES (177, 45, 'add_emailaddress', 'Can add email address');
INSERT INTO "auth_permission" VALUES (178, 45, 'change_emailaddress', 'Can change email address');
INSERT INTO "auth_permission" VALUES (179, 45, 'delete_emailaddress', 'Can delete email address');
INSERT INTO "auth_permission" VALUES (180, 45, 'view_emailaddress', 'Can view email address');
INSERT INTO "auth_permission" VALUES (181, 46, 'add_emailconfirmation', 'Can add email confirmation');
INSERT INTO "auth_permission" VALUES (182, 46, 'change_emailconfirmation', 'Can change email confirmation');
INSERT INTO "auth_permission" VALUES (183, 46, 'delete_emailconfirmation', 'Can delete email confirmation');
INSERT INTO "auth_permission" VALUES (184, 46, 'view_emailconfirmation', 'Can view email confirmation');
INSERT INTO "auth_permission" VALUES (185, 47, 'add_authenticator', 'Can add authenticator');
INSERT INTO "auth_permission" VALUES (186, 47, 'change_authenticator', 'Can change authenticator');
INSERT INTO "auth_permission" VALUES (187, 47, 'delete_authenticator', 'Can delete authenticator');
INSERT INTO "auth_permission" VALUES (188, 47, 'view_authenticator', 'Can view authenticator');
CREATE TABLE "auth_group" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(150) NOT NULL UNIQUE);
INSERT INTO "auth_group" VALUES (1, 'volunteer');
INSERT INTO "auth_group" VALUES (2, 'staff');
INSERT INTO "auth_group" VALUES (3, 'admin');
CREATE TABLE "auth_user" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "password" varchar(128) NOT NULL, "last_login" datetime NULL, "is_superuser" bool NOT NULL, "username" varchar(150) NOT NULL UNIQUE, "last_name" varchar(150) NOT NULL, "email" varchar(254) NOT NULL, "is_staff" bool NOT NULL, "is_active" bool NOT NULL, "date_joined" datetime NOT NULL, "first_name" varchar(150) NOT NULL);
INSERT INTO "auth_user" VALUES (1, '!fake', NULL, 1, 'ana', '', '', 1, 1, '2027-09-01 12:00:00', '');
INSERT INTO "auth_user" VALUES (2, '!fake', NULL, 0, 'bob', '', '', 0, 1, '2027-09-01 12:00:00', '');
INSERT INTO "auth_user" VALUES (3, '!fake', NULL, 0, 'véra', '', '', 0, 1, '2027-09-01 12:00:00', '');
CREATE TABLE "campaign_fact" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" varchar(100) NOT NULL UNIQUE, "status" varchar(20) NOT NULL, "review_by" date NOT NULL, waits_for_eyes bool NOT NULL DEFAULT false);
INSERT INTO "campaign_fact" VALUES (1, 'spread', 'ok', '2030-01-01', 0);
CREATE TABLE "campaign_event" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "at" datetime NOT NULL, "actor" varchar(150) NOT NULL, "action" varchar(50) NOT NULL, "from_status" varchar(20) NOT NULL, "to_status" varchar(20) NOT NULL, "reason" text NOT NULL, "delivery_id" bigint NULL REFERENCES "campaign_delivery" ("id") DEFERRABLE INITIALLY DEFERRED, "post_id" bigint NULL REFERENCES "campaign_post" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "campaign_event" VALUES (1, '2027-09-01 12:00:00', 'command line', 'role given', '', '', 'ana was added as admin.', NULL, NULL);
INSERT INTO "campaign_event" VALUES (2, '2027-09-01 12:00:00', 'command line', 'role given', '', '', 'bob was added as staff.', NULL, NULL);
INSERT INTO "campaign_event" VALUES (3, '2027-09-01 12:00:00', 'command line', 'role given', '', '', 'véra was added as volunteer.', NULL, NULL);
INSERT INTO "campaign_event" VALUES (4, '2027-09-01 12:00:00', 'véra', 'loaded', '', 'draft', '', 1, NULL);
INSERT INTO "campaign_event" VALUES (5, '2027-09-01 12:00:00', 'véra', 'loaded', '', 'draft', '', 2, NULL);
INSERT INTO "campaign_event" VALUES (6, '2027-09-01 12:00:00', 'véra', 'loaded', '', 'draft', '', 3, NULL);
INSERT INTO "campaign_event" VALUES (7, '2027-09-01 12:00:00', 'véra', 'loaded', '', 'draft', '', 4, NULL);
INSERT INTO "campaign_event" VALUES (8, '2027-09-01 12:00:00', 'véra', 'loaded', '', 'draft', '', 5, NULL);
INSERT INTO "campaign_event" VALUES (9, '2027-09-01 12:00:00', 'véra', 'loaded', '', 'draft', '', 6, NULL);
INSERT INTO "campaign_event" VALUES (10, '2027-09-01 12:00:00', 'véra', 'loaded', '', 'draft', '', 7, NULL);
INSERT INTO "campaign_event" VALUES (11, '2027-09-01 12:00:00', 'véra', 'loaded', '', 'draft', '', 8, NULL);
INSERT INTO "campaign_event" VALUES (12, '2027-09-01 12:00:00', 'véra', 'loaded', '', 'draft', '', 9, NULL);
INSERT INTO "campaign_event" VALUES (13, '2027-09-01 12:00:00', 'véra', 'loaded', '', 'draft', '', 10, NULL);
INSERT INTO "campaign_event" VALUES (14, '2027-09-01 12:00:00', 'véra', 'loaded', '', 'draft', '', 11, NULL);
INSERT INTO "campaign_event" VALUES (15, '2027-09-01 12:00:00', 'véra', 'loaded', '', 'draft', '', 12, NULL);
INSERT INTO "campaign_event" VALUES (16, '2027-09-01 12:00:00', 'véra', 'loaded', '', 'draft', '', 13, NULL);
INSERT INTO "campaign_event" VALUES (17, '2027-09-01 12:00:00', 'véra', 'loaded', '', 'draft', '', 14, NULL);
INSERT INTO "campaign_event" VALUES (18, '2027-09-01 12:00:00', 'véra', 'loaded', '', 'draft', '', 15, NULL);
INSERT INTO "campaign_event" VALUES (19, '2027-09-01 12:00:00', 'bob', 'approved', 'draft', 'queued', '', 7, NULL);
INSERT INTO "campaign_event" VALUES (20, '2027-09-01 12:00:00', 'bob', 'approved', 'draft', 'queued', '', 10, NULL);
INSERT INTO "campaign_event" VALUES (21, '2027-09-01 12:00:00', 'bob', 'approved', 'draft', 'queued', '', 9, NULL);
INSERT INTO "campaign_event" VALUES (22, '2027-09-01 12:00:00', 'bob', 'approved', 'draft', 'queued', '', 8, NULL);
INSERT INTO "campaign_event" VALUES (23, '2027-09-01 12:00:00', 'bob', 'approved', 'draft', 'queued', '', 1, NULL);
INSERT INTO "campaign_event" VALUES (24, '2027-09-01 12:00:00', 'bob', 'approved', 'draft', 'queued', '', 2, NULL);
INSERT INTO "campaign_event" VALUES (25, '2027-09-01 12:00:00', 'bob', 'approved', 'draft', 'queued', '', 3, NULL);
INSERT INTO "campaign_event" VALUES (26, '2027-09-01 12:00:00', 'bob', 'approved', 'draft', 'queued', '', 6, NULL);
INSERT INTO "campaign_event" VALUES (27, '2027-09-01 12:00:00', 'bob', 'approved', 'draft', 'queued', '', 12, NULL);
INSERT INTO "campaign_event" VALUES (28, '2027-09-01 12:00:00', 'bob', 'approved', 'draft', 'queued', '', 13, NULL);
INSERT INTO "campaign_event" VALUES (29, '2027-09-01 12:00:00', 'bob', 'approved', 'draft', 'queued', '', 14, NULL);
INSERT INTO "campaign_event" VALUES (30, '2027-09-01 12:00:00', 'bob', 'approved', 'draft', 'queued', '', 5, NULL);
INSERT INTO "campaign_event" VALUES (31, '2027-09-01 12:00:00', 'bob', 'approved', 'draft', 'queued', '', 15, NULL);
INSERT INTO "campaign_event" VALUES (32, '2027-09-01 12:00:00', 'bob', 'approved', 'draft', 'queued', '', 11, NULL);
INSERT INTO "campaign_event" VALUES (33, '2027-09-01 12:00:00', 'bob', 'approved', 'draft', 'queued', '', 4, NULL);
INSERT INTO "campaign_event" VALUES (34, '2027-10-13 16:00:00', 'anna', 'storyteller recorded', '', '', 'S-0001', NULL, NULL);
INSERT INTO "campaign_event" VALUES (35, '2027-10-13 16:00:00', 'anna', 'storyteller recorded', '', '', 'S-0002', NULL, NULL);
INSERT INTO "campaign_event" VALUES (36, '2027-10-13 16:00:00', 'anna', 'consent given', '', '', 'S-0001 Version 1.', NULL, NULL);
INSERT INTO "campaign_event" VALUES (37, '2027-10-13 16:00:00', 'anna', 'consent given', '', '', 'S-0002 Version 1.', NULL, NULL);
INSERT INTO "campaign_event" VALUES (38, '2027-09-01 12:00:00', 'véra', 'loaded', '', 'draft', '', 16, NULL);
INSERT INTO "campaign_event" VALUES (39, '2027-09-01 12:00:00', 'véra', 'loaded', '', 'draft', '', 17, NULL);
INSERT INTO "campaign_event" VALUES (40, '2027-09-01 12:00:00', 'véra', 'loaded', '', 'draft', '', 18, NULL);
INSERT INTO "campaign_event" VALUES (41, '2027-09-01 12:00:00', 'véra', 'loaded', '', 'draft', '', 19, NULL);
INSERT INTO "campaign_event" VALUES (42, '2027-09-01 12:00:00', 'véra', 'loaded', '', 'draft', '', 20, NULL);
INSERT INTO "campaign_event" VALUES (43, '2027-09-01 12:00:00', 'S-0002', 'final word', 'draft', 'draft', '["Answer: {0}.", "remark"]', 16, NULL);
INSERT INTO "campaign_event" VALUES (44, '2027-09-01 12:00:00', 'S-0002', 'final word', 'draft', 'draft', '["Answer: {0}.", "yes"]', 16, NULL);
INSERT INTO "campaign_event" VALUES (45, '2027-09-01 12:00:00', 'S-0001', 'final word', 'draft', 'draft', '["Answer: {0}.", "remark"]', 17, NULL);
INSERT INTO "campaign_event" VALUES (46, '2027-09-01 12:00:00', 'S-0001', 'final word', 'draft', 'draft', '["Answer: {0}.", "yes"]', 17, NULL);
INSERT INTO "campaign_event" VALUES (47, '2027-09-01 12:00:00', 'S-0002', 'final word', 'draft', 'draft', '["Answer: {0}.", "remark"]', 19, NULL);
INSERT INTO "campaign_event" VALUES (48, '2027-09-01 12:00:00', 'S-0002', 'final word', 'draft', 'draft', '["Answer: {0}.", "yes"]', 19, NULL);
INSERT INTO "campaign_event" VALUES (49, '2027-09-01 12:00:00', 'S-0001', 'final word', 'draft', 'draft', '["Answer: {0}.", "remark"]', 20, NULL);
INSERT INTO "campaign_event" VALUES (50, '2027-09-01 12:00:00', 'S-0001', 'final word', 'draft', 'draft', '["Answer: {0}.", "yes"]', 20, NULL);
INSERT INTO "campaign_event" VALUES (51, '2027-09-01 12:00:00', 'ana', 'approved', 'draft', 'queued', '', 17, NULL);
INSERT INTO "campaign_event" VALUES (52, '2027-09-01 12:00:00', 'ana', 'approved', 'draft', 'queued', '', 16, NULL);
INSERT INTO "campaign_event" VALUES (53, '2027-09-01 12:00:00', 'ana', 'approved', 'draft', 'queued', '', 20, NULL);
INSERT INTO "campaign_event" VALUES (54, '2027-09-01 12:00:00', 'ana', 'approved', 'draft', 'queued', '', 19, NULL);
INSERT INTO "campaign_event" VALUES (55, '2027-09-01 13:40:00', 'gate', 'held back', 'queued', 'missed', '["Its time is over: it could go out until {0}. Give it a new time, or drop it.", "2027-09-01 09:30"]', 8, NULL);
INSERT INTO "campaign_event" VALUES (56, '2027-09-01 16:00:00', 'ana', 'allowed', 'queued', 'queued', '["It may go out on {0}: {1}", "2027-11-11", "Elle dit où trouver de l’aide."]', 15, NULL);
INSERT INTO "campaign_event" VALUES (57, '2027-09-01 16:00:00', 'bob', 'paused', '', '', '["{0}: {1}", ["Campaign {0}", "know"], "Jour de deuil."]', NULL, NULL);
INSERT INTO "campaign_event" VALUES (58, '2027-09-01 16:00:00', 'resume', 'held back', 'queued', 'missed', '["It was held back by a pause: send it now, give it a new time, or drop it."]', 10, NULL);
INSERT INTO "campaign_event" VALUES (59, '2027-09-01 16:00:00', 'bob', 'resumed', '', '', '["{0}: {1}", ["Campaign {0}", "know"], "C’est passé."]', NULL, NULL);
INSERT INTO "campaign_event" VALUES (60, '2027-09-01 16:00:00', 'ana', 'paused', '', '', '["{0}: {1}", ["Channel {0}", "x-fr"], "On relit le français."]', NULL, NULL);
INSERT INTO "campaign_event" VALUES (61, '2027-09-01 16:00:00', 'bob', 'cancelled', 'missed', 'cancelled', 'Mieux vaut attendre.', 10, NULL);
INSERT INTO "campaign_event" VALUES (62, '2027-09-01 16:00:00', 'bob', 'deleted', 'published', 'published', '1445880548472328200', 9, NULL);
INSERT INTO "campaign_event" VALUES (63, '2027-09-01 16:00:00', 'bob', 'removed', 'published', 'removed', 'Une coquille.', 9, NULL);
INSERT INTO "campaign_event" VALUES (64, '2027-09-01 16:00:00', 'bob', 'storyteller on hold', '', '', 'S-0001', NULL, NULL);
INSERT INTO "campaign_event" VALUES (65, '2027-09-01 16:00:00', 'ana', 'withdrawn', 'queued', 'withdrawn', '["Its storyteller has taken it back."]', 19, NULL);
INSERT INTO "campaign_event" VALUES (66, '2027-09-01 16:00:00', 'ana', 'consent withdrawn', '', '', 'S-0002 (all).', NULL, NULL);
INSERT INTO "campaign_event" VALUES (67, '2027-09-01 16:00:00', 'scheduler', 'deleted', 'published', 'published', '1445880548472328202', 16, NULL);
INSERT INTO "campaign_event" VALUES (68, '2027-09-01 16:00:00', 'scheduler', 'removed', 'published', 'removed', '["It was taken back by its storyteller."]', 16, NULL);
INSERT INTO "campaign_event" VALUES (69, '2027-09-01 12:00:00', 'scheduler', 'second copy', 'sending', 'sending', '["{0}: {1}", "copy-1", ["The answer came after all, when another worker had sent it again: this copy is deleted."]]', 11, NULL);
INSERT INTO "campaign_event" VALUES (70, '2027-09-01 12:00:00', 'ana', 'invited', '', '', '["Somebody was invited as {0}.", "volunteer"]', NULL, NULL);
CREATE TABLE "campaign_attempt" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" integer unsigned NOT NULL CHECK ("number" >= 0), "part" integer unsigned NOT NULL CHECK ("part" >= 0), "worker" varchar(100) NOT NULL, "text" text NOT NULL, "started_at" datetime NOT NULL, "finished_at" datetime NULL, "outcome" varchar(20) NOT NULL, "status" varchar(20) NOT NULL, "detail" text NOT NULL, "remote_id" varchar(200) NOT NULL, "url" text NOT NULL, "delivery_id" bigint NOT NULL REFERENCES "campaign_delivery" ("id") DEFERRABLE INITIALLY DEFERRED, "clock_ahead" bigint NULL, link text NOT NULL DEFAULT '', CONSTRAINT "attempts_are_numbered" UNIQUE ("delivery_id", "number"));
INSERT INTO "campaign_attempt" VALUES (1, 1, 1, 'a-machine/0/1:1:0', 'Listen first.', '2027-09-01 13:00:00', '2027-09-01 13:00:00', 'published', 'published', '', '1234567890_1002', 'https://www.facebook.com/1234567890/posts/1002', 1, NULL, '');
INSERT INTO "campaign_attempt" VALUES (2, 1, 1, 'a-machine/0/1:1:0', 'Listen first.', '2027-09-01 13:00:00', '2027-09-01 13:00:00', 'published', 'published', '', '1445880548472328193', 'https://x.com/i/web/status/1445880548472328193', 2, NULL, '');
INSERT INTO "campaign_attempt" VALUES (3, 1, 1, 'a-machine/0/1:1:0', 'Écoutez d’abord, même à Noël.', '2027-09-01 13:00:00', '2027-09-01 13:00:00', 'published', 'published', '', '1445880548472328195', 'https://x.com/i/web/status/1445880548472328195', 3, NULL, '');
INSERT INTO "campaign_attempt" VALUES (4, 1, 1, 'a-machine/0/1:1:0', 'First part.', '2027-09-01 13:02:00', '2027-09-01 13:02:00', 'published', 'queued', '["Part {0} of {1} is out.", 1, 2]', '1445880548472328196', 'https://x.com/i/web/status/1445880548472328196', 4, NULL, '');
INSERT INTO "campaign_attempt" VALUES (5, 2, 2, 'a-machine/0/1:1:0', 'Second part.', '2027-09-01 13:02:00', '2027-09-01 13:02:00', 'published', 'published', '', '1445880548472328197', 'https://x.com/i/web/status/1445880548472328197', 4, NULL, '');
INSERT INTO "campaign_attempt" VALUES (6, 1, 1, 'a-machine/0/1:1:0', 'Said again.', '2027-09-01 13:05:00', '2027-09-01 13:05:00', 'refused', 'failed', '["X does not accept this post: {0}. Change it.", "“The text of this post is not allowed.”"]', '', '', 5, NULL, '');
INSERT INTO "campaign_attempt" VALUES (7, 1, 1, 'a-machine/0/1:1:0', 'An answer that is lost.', '2027-09-01 13:10:00', '2027-09-01 13:10:00', 'unconfirmed', 'unconfirmed', '["{0} did not give a whole answer ({1}): the post may be out, or not.", "X", ["the connection broke"]]', '', '', 6, NULL, '');
INSERT INTO "campaign_attempt" VALUES (8, 1, 1, 'a-machine/0/1:1:0', 'A network that is busy.', '2027-09-01 13:15:00', '2027-09-01 13:15:00', 'try_later', 'queued', '["X asks to wait ({0}): too many posts or calls in a short time. It goes on by itself.", "“Too Many Requests”"]', '', '', 7, NULL, '');
INSERT INTO "campaign_attempt" VALUES (9, 2, 1, 'a-machine/0/1:1:0', 'A network that is busy.', '2027-09-01 13:40:00', '2027-09-01 13:40:00', 'published', 'published', '', '1445880548472328199', 'https://x.com/i/web/status/1445880548472328199', 7, NULL, '');
INSERT INTO "campaign_attempt" VALUES (10, 1, 1, 'a-machine/0/1:1:0', 'Soon taken down.', '2027-09-01 13:40:00', '2027-09-01 13:40:00', 'published', 'published', '', '1445880548472328200', 'https://x.com/i/web/status/1445880548472328200', 9, NULL, '');
INSERT INTO "campaign_attempt" VALUES (11, 1, 1, 'a-machine/0/1:1:0', '', '2027-09-01 13:40:00', '2027-09-01 13:40:00', 'published', 'published', '', '1445880548472328202', 'https://x.com/i/web/status/1445880548472328202', 16, NULL, '');
INSERT INTO "campaign_attempt" VALUES (12, 1, 1, 'a-machine/0/1:1:0', '', '2027-09-01 13:40:00', '2027-09-01 13:40:00', 'published', 'published', '', '1445880548472328204', 'https://x.com/i/web/status/1445880548472328204', 17, NULL, '');
INSERT INTO "campaign_attempt" VALUES (13, 1, 1, 'a-machine/0/1:1:0', 'En route, là-bas.', '2027-09-01 12:00:00', NULL, '', 'sending', '', '', '', 11, NULL, '');
CREATE TABLE "campaign_upload" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "digest" varchar(64) NOT NULL UNIQUE, "media_type" varchar(20) NOT NULL, "width" integer unsigned NOT NULL CHECK ("width" >= 0), "height" integer unsigned NOT NULL CHECK ("height" >= 0), "at" datetime NOT NULL, "by_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "post_id" bigint NULL REFERENCES "campaign_post" ("id") DEFERRABLE INITIALLY DEFERRED, cut_from varchar(64) NOT NULL DEFAULT '', people varchar(10) NOT NULL DEFAULT '');
INSERT INTO "campaign_upload" VALUES (1, 'b786e8bf59ddc72d8cd39422187fe608d412d494dd36ee859665ce73f553f008', 'image/png', 14, 6, '2027-09-01 12:00:00', 1, NULL, '', '');
CREATE TABLE "campaign_delivery" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "channel" varchar(100) NOT NULL, "network" varchar(30) NOT NULL, "language" varchar(10) NOT NULL, "status" varchar(20) NOT NULL, "reason" text NOT NULL, "when" varchar(100) NOT NULL, "planned_at" datetime NOT NULL, "due_at" datetime NOT NULL, "latest_at" datetime NOT NULL, "next_at" datetime NOT NULL, "text" text NOT NULL, "fingerprint" varchar(64) NOT NULL, "facts" text NOT NULL, "approved_fingerprint" varchar(64) NOT NULL, "approved_at" datetime NULL, "claimed_by" varchar(100) NOT NULL, "tries" integer unsigned NOT NULL CHECK ("tries" >= 0), "remote_id" varchar(200) NOT NULL, "url" text NOT NULL, "part_ids" text NOT NULL, "pictures" text NOT NULL, "published_at" datetime NULL, "look_at" datetime NULL, "looks" integer unsigned NOT NULL CHECK ("looks" >= 0), "approved_by_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "post_id" bigint NOT NULL REFERENCES "campaign_post" ("id") DEFERRABLE INITIALLY DEFERRED, "approved_text" text NOT NULL, for_day varchar(100) NOT NULL DEFAULT '', link text NOT NULL DEFAULT '', CONSTRAINT "one_delivery_a_channel" UNIQUE ("post_id", "channel"), CONSTRAINT "known_status" CHECK ("status" IN ('draft', 'queued', 'sending', 'published', 'failed', 'unconfirmed', 'missed', 'cancelled', 'withdrawn', 'removed')));
INSERT INTO "campaign_delivery" VALUES (1, 'page-en', 'facebook', 'en', 'published', '', '2027-09-01 09:00', '2027-09-01 13:00:00', '2027-09-01 13:00:00', '2027-09-01 19:00:00', '2027-09-01 13:00:00', 'Listen first.', '5c2fb18ba8aee4cddef9e7eb6b4a0f9827fe0f7866d1afeaf85bc8c2e0c57de4', '', '5c2fb18ba8aee4cddef9e7eb6b4a0f9827fe0f7866d1afeaf85bc8c2e0c57de4', '2027-09-01 12:00:00', '', 0, '1234567890_1002', 'https://www.facebook.com/1234567890/posts/1002', '1234567890_1002', '[{"alt": "A garden.", "file": "/srv/campaign/posts/know/jardin.png", "sha256": "b786e8bf59ddc72d8cd39422187fe608d412d494dd36ee859665ce73f553f008"}]', '2027-09-01 13:00:00', NULL, 0, 2, 1, 'Listen first.', '', '');
INSERT INTO "campaign_delivery" VALUES (2, 'x-en', 'twitter', 'en', 'published', '', '2027-09-01 09:00', '2027-09-01 13:00:00', '2027-09-01 13:00:00', '2027-09-01 19:00:00', '2027-09-01 13:00:00', 'Listen first.', '5c2fb18ba8aee4cddef9e7eb6b4a0f9827fe0f7866d1afeaf85bc8c2e0c57de4', '', '5c2fb18ba8aee4cddef9e7eb6b4a0f9827fe0f7866d1afeaf85bc8c2e0c57de4', '2027-09-01 12:00:00', '', 0, '1445880548472328193', 'https://x.com/i/web/status/1445880548472328193', '1445880548472328193', '[{"alt": "A garden.", "file": "/srv/campaign/posts/know/jardin.png", "sha256": "b786e8bf59ddc72d8cd39422187fe608d412d494dd36ee859665ce73f553f008"}]', '2027-09-01 13:00:00', NULL, 0, 2, 1, 'Listen first.', '', '');
INSERT INTO "campaign_delivery" VALUES (3, 'x-fr', 'twitter', 'fr', 'published', '', '2027-09-01 09:00', '2027-09-01 13:00:00', '2027-09-01 13:00:00', '2027-09-01 19:00:00', '2027-09-01 13:00:00', 'Écoutez d’abord, même à Noël.', '63d44d6f8992055892e3f79fdb721617ba12218058ba885019ecbd2049f593f4', '', '63d44d6f8992055892e3f79fdb721617ba12218058ba885019ecbd2049f593f4', '2027-09-01 12:00:00', '', 0, '1445880548472328195', 'https://x.com/i/web/status/1445880548472328195', '1445880548472328195', '[{"alt": "Un jardin, l’été.", "file": "/srv/campaign/posts/know/jardin.png", "sha256": "b786e8bf59ddc72d8cd39422187fe608d412d494dd36ee859665ce73f553f008"}]', '2027-09-01 13:00:00', NULL, 0, 2, 1, 'Écoutez d’abord, même à Noël.', '', '');
INSERT INTO "campaign_delivery" VALUES (4, 'x-en', 'twitter', 'en', 'published', '', '2027-09-01 09:02', '2027-09-01 13:02:00', '2027-09-01 13:02:00', '2027-09-01 19:02:00', '2027-09-01 13:02:00', 'First part.
---
Second part.', 'ac45ebe8b3f3a64c9c3b98743d86f19e75863728b7d9e500b31dd24cd6e286c6', '', 'ac45ebe8b3f3a64c9c3b98743d86f19e75863728b7d9e500b31dd24cd6e286c6', '2027-09-01 12:00:00', '', 0, '1445880548472328196', 'https://x.com/i/web/status/1445880548472328196', '1445880548472328196 1445880548472328197', '', '2027-09-01 13:02:00', NULL, 0, 2, 2, 'First part.
---
Second part.', '', '');
INSERT INTO "campaign_delivery" VALUES (5, 'x-en', 'twitter', 'en', 'failed', '["X does not accept this post: {0}. Change it.", "“The text of this post is not allowed.”"]', '2027-09-01 09:05', '2027-09-01 13:05:00', '2027-09-01 13:05:00', '2027-09-01 19:05:00', '2027-09-01 13:05:00', 'Said again.', '7e18892ed7314258d6a99b64d88f08a9abc9eaa093bfd0a50e11472596376cc9', '', '7e18892ed7314258d6a99b64d88f08a9abc9eaa093bfd0a50e11472596376cc9', '2027-09-01 12:00:00', '', 0, '', '', '', '', NULL, NULL, 0, 2, 3, 'Said again.', '', '');
INSERT INTO "campaign_delivery" VALUES (6, 'x-en', 'twitter', 'en', 'unconfirmed', '["It was looked for and not found yet: it is looked for once more."]', '2027-09-01 09:10', '2027-09-01 13:10:00', '2027-09-01 13:10:00', '2027-09-01 19:10:00', '2027-09-01 13:10:00', 'An answer that is lost.', 'ae440ec77d6ee004fdacfeaa4712d807871c233d39b3d699cc08a0cc9d3eea3f', '', 'ae440ec77d6ee004fdacfeaa4712d807871c233d39b3d699cc08a0cc9d3eea3f', '2027-09-01 12:00:00', '', 0, '', '', '', '', NULL, '2027-09-02 12:00:00', 1, 2, 4, 'An answer that is lost.', '', '');
INSERT INTO "campaign_delivery" VALUES (7, 'x-en', 'twitter', 'en', 'published', '', '2027-09-01 09:15', '2027-09-01 13:15:00', '2027-09-01 13:15:00', '2027-09-01 19:15:00', '2027-09-01 13:40:00', 'A network that is busy.', 'b4714663eb34124e5c721c5de6e6978677eb55fe8f4b78b2ae21c1eb788d9259', '', 'b4714663eb34124e5c721c5de6e6978677eb55fe8f4b78b2ae21c1eb788d9259', '2027-09-01 12:00:00', '', 0, '1445880548472328199', 'https://x.com/i/web/status/1445880548472328199', '1445880548472328199', '', '2027-09-01 13:40:00', NULL, 0, 2, 5, 'A network that is busy.', '', '');
INSERT INTO "campaign_delivery" VALUES (8, 'x-fr', 'twitter', 'fr', 'missed', '["Its time is over: it could go out until {0}. Give it a new time, or drop it.", "2027-09-01 09:30"]', '2027-09-01 09:25', '2027-09-01 13:25:00', '2027-09-01 13:25:00', '2027-09-01 13:30:00', '2027-09-01 13:25:00', 'Trop tard, hélas.', '32a1ab2a68770cc60e91e271853a63c9b536e82ff4f0493fb728492e415a1cfb', '', '32a1ab2a68770cc60e91e271853a63c9b536e82ff4f0493fb728492e415a1cfb', '2027-09-01 12:00:00', '', 0, '', '', '', '', NULL, NULL, 0, 2, 6, 'Trop tard, hélas.', '', '');
INSERT INTO "campaign_delivery" VALUES (9, 'x-en', 'twitter', 'en', 'removed', 'Une coquille.', '2027-09-01 09:30', '2027-09-01 13:30:00', '2027-09-01 13:30:00', '2027-09-01 19:30:00', '2027-09-01 13:40:00', 'Soon taken down.', 'df12a38a5e8624508afcf7d972623e9e4ce2c26c7b0b1df06a1756948214eea1', '', 'df12a38a5e8624508afcf7d972623e9e4ce2c26c7b0b1df06a1756948214eea1', '2027-09-01 12:00:00', '', 0, '1445880548472328200', 'https://x.com/i/web/status/1445880548472328200', '1445880548472328200', '', '2027-09-01 13:40:00', NULL, 0, 2, 7, 'Soon taken down.', '', '');
INSERT INTO "campaign_delivery" VALUES (10, 'x-en', 'twitter', 'en', 'cancelled', 'Mieux vaut attendre.', '2027-09-01 12:00', '2027-09-01 16:00:00', '2027-09-01 16:00:00', '2027-09-01 22:00:00', '2027-09-01 16:00:00', 'Better not.', 'a6f63fb8799ea0d561e0b49ec1111c3b8f409a2b9fc5dc7c1e099da3776cec6f', '', 'a6f63fb8799ea0d561e0b49ec1111c3b8f409a2b9fc5dc7c1e099da3776cec6f', '2027-09-01 12:00:00', '', 0, '', '', '', '', NULL, NULL, 0, 2, 8, 'Better not.', '', '');
INSERT INTO "campaign_delivery" VALUES (11, 'x-fr', 'twitter', 'fr', 'sending', '', '2027-09-01 12:20', '2027-09-01 16:20:00', '2027-09-01 16:20:00', '2027-09-01 22:20:00', '2027-09-01 16:20:00', 'En route, là-bas.', 'e9f36ebf8fd9fbe20d145849d3580c65b1fc85d86dea0e4db86f4cadc3b53d25', '', 'e9f36ebf8fd9fbe20d145849d3580c65b1fc85d86dea0e4db86f4cadc3b53d25', '2027-09-01 12:00:00', 'a-machine/0/1:1:0', 0, '', '', '', '', NULL, NULL, 0, 2, 9, 'En route, là-bas.', '', '');
INSERT INTO "campaign_delivery" VALUES (12, 'page-en', 'facebook', 'en', 'queued', '', 'mbc-day 09:00', '2027-10-13 13:00:00', '2027-10-13 13:00:00', '2027-10-13 19:00:00', '2027-10-13 13:00:00', 'It has spread.', '6ab5121029411f1b9b1a146c356e909c618c8f1606b05ed65faadad81fb62271', 'spread', '6ab5121029411f1b9b1a146c356e909c618c8f1606b05ed65faadad81fb62271', '2027-09-01 12:00:00', '', 0, '', '', '', '', NULL, NULL, 0, 2, 10, 'It has spread.', 'mbc-day', '');
INSERT INTO "campaign_delivery" VALUES (13, 'x-en', 'twitter', 'en', 'queued', '', 'mbc-day 09:00', '2027-10-13 13:00:00', '2027-10-13 13:00:00', '2027-10-13 19:00:00', '2027-10-13 13:00:00', 'It has spread.', '6ab5121029411f1b9b1a146c356e909c618c8f1606b05ed65faadad81fb62271', 'spread', '6ab5121029411f1b9b1a146c356e909c618c8f1606b05ed65faadad81fb62271', '2027-09-01 12:00:00', '', 0, '', '', '', '', NULL, NULL, 0, 2, 10, 'It has spread.', 'mbc-day', '');
INSERT INTO "campaign_delivery" VALUES (14, 'x-fr', 'twitter', 'fr', 'queued', '', 'mbc-day 09:00', '2027-10-13 13:00:00', '2027-10-13 13:00:00', '2027-10-13 19:00:00', '2027-10-13 13:00:00', 'Il s’est propagé.', '63289895d6e019087bf8f40e31335354c0517c9ab80b66d62d5a577a25885d21', 'spread', '63289895d6e019087bf8f40e31335354c0517c9ab80b66d62d5a577a25885d21', '2027-09-01 12:00:00', '', 0, '', '', '', '', NULL, NULL, 0, 2, 10, 'Il s’est propagé.', 'mbc-day', '');
INSERT INTO "campaign_delivery" VALUES (15, 'x-en', 'twitter', 'en', 'queued', '', '2027-11-11 12:00', '2027-11-11 17:00:00', '2027-11-11 17:00:00', '2027-11-11 23:00:00', '2027-11-11 17:00:00', 'We are here.', '15df7892d5fe0933745407b5941015caa282e19df3229d5b062437ad4a3be7a0', '', '15df7892d5fe0933745407b5941015caa282e19df3229d5b062437ad4a3be7a0', '2027-09-01 12:00:00', '', 0, '', '', '', '', NULL, NULL, 0, 2, 11, 'We are here.', '', '');
INSERT INTO "campaign_delivery" VALUES (16, 'x-en', 'twitter', 'en', 'removed', '["It was taken back by its storyteller."]', '2027-09-01 09:40', '2027-09-01 13:40:00', '2027-09-01 13:40:00', '2027-09-01 19:40:00', '2027-09-01 13:40:00', 'Every day counts, says S-0002.', '82576ae4d2263a17914f55e954e178a25e8e363ba02a23302d7d99a7cf77e6eb', '', '82576ae4d2263a17914f55e954e178a25e8e363ba02a23302d7d99a7cf77e6eb', '2027-09-01 12:00:00', '', 0, '1445880548472328202', 'https://x.com/i/web/status/1445880548472328202', '1445880548472328202', '[{"alt": "A garden.", "file": "/srv/campaign/posts/know/noe.png", "sha256": "a4a783c0c4685472cca347992915e49cc180dca46f5ad56777d976ba93dbc9cf"}]', '2027-09-01 13:40:00', NULL, 0, 1, 12, 'Every day counts, says S-0002.', '', '');
INSERT INTO "campaign_delivery" VALUES (17, 'x-en', 'twitter', 'en', 'published', '', '2027-09-01 09:40', '2027-09-01 13:40:00', '2027-09-01 13:40:00', '2027-09-01 19:40:00', '2027-09-01 13:40:00', 'Every day counts, says S-0001.', 'c2ebd2112503dce442d7eb5940e429319f6160c5e96619c62774b7e7e0cccbb4', '', 'c2ebd2112503dce442d7eb5940e429319f6160c5e96619c62774b7e7e0cccbb4', '2027-09-01 12:00:00', '', 0, '1445880548472328204', 'https://x.com/i/web/status/1445880548472328204', '1445880548472328204', '[{"alt": "A garden.", "file": "/srv/campaign/posts/know/zoe.png", "sha256": "a4a783c0c4685472cca347992915e49cc180dca46f5ad56777d976ba93dbc9cf"}]', '2027-09-01 13:40:00', NULL, 0, 1, 13, 'Every day counts, says S-0001.', '', '');
INSERT INTO "campaign_delivery" VALUES (18, 'x-fr', 'twitter', 'fr', 'draft', '', '2027-09-01 15:00', '2027-09-01 19:00:00', '2027-09-01 19:00:00', '2027-09-02 01:00:00', '2027-09-01 19:00:00', 'Personne ne l’a approuvé.', 'f3b3e426b28bc737c0b33fcf999e86d5f71c1333ac73c307fa2ace8c82a2f108', '', '', NULL, '', 0, '', '', '', '', NULL, NULL, 0, NULL, 14, '', '', '');
INSERT INTO "campaign_delivery" VALUES (19, 'x-fr', 'twitter', 'fr', 'withdrawn', '["Its storyteller has taken it back."]', '2027-09-01 16:00', '2027-09-01 20:00:00', '2027-09-01 20:00:00', '2027-09-02 02:00:00', '2027-09-01 20:00:00', '« Chaque journée compte », S-0002.', 'f1f3c258681b60baa93605871df0c758d5c5c3400818cc3e2499d976c4c22aff', '', 'f1f3c258681b60baa93605871df0c758d5c5c3400818cc3e2499d976c4c22aff', '2027-09-01 12:00:00', '', 0, '', '', '', '[{"alt": "Un jardin, l’été.", "file": "/srv/campaign/posts/know/noe.png", "sha256": "a4a783c0c4685472cca347992915e49cc180dca46f5ad56777d976ba93dbc9cf"}]', NULL, NULL, 0, 1, 15, '« Chaque journée compte », S-0002.', '', '');
INSERT INTO "campaign_delivery" VALUES (20, 'x-fr', 'twitter', 'fr', 'queued', '', '2027-09-01 16:00', '2027-09-01 20:00:00', '2027-09-01 20:00:00', '2027-09-02 02:00:00', '2027-09-01 20:00:00', '« Chaque journée compte », S-0001.', '309bdf445f6ba3598767a05be02eb631f76f6f109cf6c0a9756f229f74f698c9', '', '309bdf445f6ba3598767a05be02eb631f76f6f109cf6c0a9756f229f74f698c9', '2027-09-01 12:00:00', '', 0, '', '', '', '[{"alt": "Un jardin, l’été.", "file": "/srv/campaign/posts/know/zoe.png", "sha256": "a4a783c0c4685472cca347992915e49cc180dca46f5ad56777d976ba93dbc9cf"}]', NULL, NULL, 0, 1, 16, '« Chaque journée compte », S-0001.', '', '');
CREATE TABLE "campaign_pause" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "campaign" varchar(100) NOT NULL, "channel" varchar(100) NOT NULL, "reason" text NOT NULL, "started_by" varchar(150) NOT NULL, "started_at" datetime NOT NULL, "ended_by" varchar(150) NOT NULL, "ended_at" datetime NULL, "language" varchar(10) NOT NULL, "until" datetime NULL, except_help bool NOT NULL DEFAULT false);
INSERT INTO "campaign_pause" VALUES (1, 'know', '', 'Jour de deuil.', 'bob', '2027-09-01 16:00:00', 'bob', '2027-09-01 16:00:00', '', NULL, 0);
INSERT INTO "campaign_pause" VALUES (2, '', 'x-fr', 'On relit le français.', 'ana', '2027-09-01 16:00:00', '', NULL, '', NULL, 0);
CREATE TABLE "campaign_post" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" varchar(200) NOT NULL UNIQUE, "campaign" varchar(100) NOT NULL, "name" varchar(100) NOT NULL, "kind" varchar(20) NOT NULL, "example" bool NOT NULL, "storyteller" varchar(100) NOT NULL, "consent_from" date NULL, "consent_until" date NULL, "consent_channels" text NOT NULL, "loaded_at" datetime NOT NULL, "author_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "editor_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "file_digest" varchar(64) NOT NULL, "stage" varchar(20) NOT NULL, "stage_reason" text NOT NULL, "title" varchar(200) NOT NULL, "version" integer unsigned NOT NULL CHECK ("version" >= 0), was_story bool NOT NULL DEFAULT false, "form" varchar(100) NULL, "emptied_at" datetime NULL, consent_purpose varchar(20) NOT NULL DEFAULT 'awareness', is_help bool NOT NULL DEFAULT false, series_id bigint NULL REFERENCES campaign_series (id) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "known_stage" CHECK ("stage" IN ('writing', 'submitted', 'returned', 'taken_back', 'planned')));
INSERT INTO "campaign_post" VALUES (1, 'know/listen', 'know', 'listen', 'awareness', 0, '', NULL, NULL, '', '2027-09-01 12:00:00', 3, 3, 'de96edd89504b66b6fa59b73786dded6f049ababeed28bf1255818ffb7146d6a', 'planned', '', '', 1, 0, NULL, NULL, 'awareness', 0, NULL);
INSERT INTO "campaign_post" VALUES (2, 'know/thread', 'know', 'thread', 'awareness', 0, '', NULL, NULL, '', '2027-09-01 12:00:00', 3, 3, 'd614992ee607b4685c01d45239c82c94277a77ff36b0bef7ee650a011d7db6d3', 'planned', '', '', 1, 0, NULL, NULL, 'awareness', 0, NULL);
INSERT INTO "campaign_post" VALUES (3, 'know/refused', 'know', 'refused', 'awareness', 0, '', NULL, NULL, '', '2027-09-01 12:00:00', 3, 3, '9dedf9b815cb134230be387a1b7434323e36ad5bb45d864622db71943df3d23b', 'planned', '', '', 1, 0, NULL, NULL, 'awareness', 0, NULL);
INSERT INTO "campaign_post" VALUES (4, 'know/lost', 'know', 'lost', 'awareness', 0, '', NULL, NULL, '', '2027-09-01 12:00:00', 3, 3, '11e93784bc31c3f465d47febcf20d1c202a2d5e3e1485563a32732090a316b5e', 'planned', '', '', 1, 0, NULL, NULL, 'awareness', 0, NULL);
INSERT INTO "campaign_post" VALUES (5, 'know/busy', 'know', 'busy', 'awareness', 0, '', NULL, NULL, '', '2027-09-01 12:00:00', 3, 3, '6b3f24844e92a6075f950a1b25b9e300a1423d497d0902bbb266bb5defbc0535', 'planned', '', '', 1, 0, NULL, NULL, 'awareness', 0, NULL);
INSERT INTO "campaign_post" VALUES (6, 'know/late', 'know', 'late', 'awareness', 0, '', NULL, NULL, '', '2027-09-01 12:00:00', 3, 3, 'c7300f0b466c1876eac947026ae0f476d29dde3095f2c5540e8bd4cee5f327dc', 'planned', '', '', 1, 0, NULL, NULL, 'awareness', 0, NULL);
INSERT INTO "campaign_post" VALUES (7, 'know/gone', 'know', 'gone', 'awareness', 0, '', NULL, NULL, '', '2027-09-01 12:00:00', 3, 3, 'd040bb5b1a00829584de46664565d1600298022577e1576abef636421d81f83f', 'planned', '', '', 1, 0, NULL, NULL, 'awareness', 0, NULL);
INSERT INTO "campaign_post" VALUES (8, 'know/dropped', 'know', 'dropped', 'awareness', 0, '', NULL, NULL, '', '2027-09-01 12:00:00', 3, 3, 'e393a30589639fa779078ab362213b4786388b0bd611d4176aac52f682fdb6df', 'planned', '', '', 1, 0, NULL, NULL, 'awareness', 0, NULL);
INSERT INTO "campaign_post" VALUES (9, 'know/sending', 'know', 'sending', 'awareness', 0, '', NULL, NULL, '', '2027-09-01 12:00:00', 3, 3, 'f9b12fecdb67deb97d52ae244b7626d2e7a2dfe1ae3e5abc2a15577b9023d7a4', 'planned', '', '', 1, 0, NULL, NULL, 'awareness', 0, NULL);
INSERT INTO "campaign_post" VALUES (10, 'know/october', 'know', 'october', 'awareness', 0, '', NULL, NULL, '', '2027-09-01 12:00:00', 3, 3, '8199a10f3df7d1bdb686a9286b85560810851fe4e311476f81372e1c9c3e0341', 'planned', '', '', 1, 0, NULL, NULL, 'awareness', 0, NULL);
INSERT INTO "campaign_post" VALUES (11, 'know/remembered', 'know', 'remembered', 'awareness', 0, '', NULL, NULL, '', '2027-09-01 12:00:00', 3, 3, 'b74fc6a63ac6c09c941b0df68f328d59fb1e9c85d4d76abcda5ea99293ac0da7', 'planned', '', '', 1, 0, NULL, NULL, 'awareness', 0, NULL);
INSERT INTO "campaign_post" VALUES (12, 'know/story-noe', 'know', 'story-noe', 'story', 0, 'S-0002', NULL, NULL, '', '2027-09-01 12:00:00', 3, 3, '336e066d24e0b04b3ff10c7dc359c99eec9ef1f3a5f275c5ed34ccd89ce27961', 'planned', '', '', 1, 1, NULL, NULL, 'awareness', 0, NULL);
INSERT INTO "campaign_post" VALUES (13, 'know/story-zoe', 'know', 'story-zoe', 'story', 0, 'S-0001', NULL, NULL, '', '2027-09-01 12:00:00', 3, 3, 'c319543eeea239009450470f26c1cd9e10aa7139fffe88200bf5908b75af04ef', 'planned', '', '', 1, 1, NULL, NULL, 'awareness', 0, NULL);
INSERT INTO "campaign_post" VALUES (14, 'know/draft', 'know', 'draft', 'awareness', 0, '', NULL, NULL, '', '2027-09-01 12:00:00', 3, 3, '0747e5c7a993bd9143a85745facb8149059eea7abfcdb80c9336e7b9c3c584e9', 'planned', '', '', 1, 0, '1:a-form', NULL, 'awareness', 0, NULL);
INSERT INTO "campaign_post" VALUES (15, 'know/later-noe', 'know', 'later-noe', 'story', 0, 'S-0002', NULL, NULL, '', '2027-09-01 12:00:00', 3, 3, 'df1859baa400160474737b4612dcae0f294aa2800c6e485fc96f4932d9b84343', 'planned', '', '', 1, 1, NULL, NULL, 'awareness', 0, NULL);
INSERT INTO "campaign_post" VALUES (16, 'know/later-zoe', 'know', 'later-zoe', 'story', 0, 'S-0001', NULL, NULL, '', '2027-09-01 12:00:00', 3, 3, '191b6bb83f2551bca3c4898becc2c50461140d74e7a8fc996b16a7a73593296f', 'planned', '', '', 1, 1, NULL, NULL, 'awareness', 0, NULL);
CREATE TABLE "campaign_invitation" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "email" varchar(254) NOT NULL, "role" varchar(20) NOT NULL, "digest" varchar(64) NOT NULL UNIQUE, "at" datetime NOT NULL, "expires_at" datetime NOT NULL, "accepted_at" datetime NULL, "revoked_at" datetime NULL, "accepted_by_id" integer NULL UNIQUE REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "by_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "campaign_invitation" VALUES (1, 'zoe@example.org', 'volunteer', 'fake-00000000000000000000000000000000000000000000000000000000000', '2027-09-01 12:00:00', '2027-09-08 12:00:00', NULL, NULL, NULL, 1);
CREATE TABLE "campaign_profile" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "language" varchar(10) NOT NULL, "feed_digest" varchar(64) NOT NULL, "user_id" integer NOT NULL UNIQUE REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, generation integer NOT NULL DEFAULT 0 CHECK (generation >= 0));
INSERT INTO "campaign_profile" VALUES (1, 'fr', 'fake-00000000000000000000000000000000000000000000000000000000000', 1, 0);
CREATE TABLE "campaign_draft" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "based_on" integer unsigned NOT NULL CHECK ("based_on" >= 0), "fields" text NOT NULL, "saved_at" datetime NOT NULL, "post_id" bigint NOT NULL REFERENCES "campaign_post" ("id") DEFERRABLE INITIALLY DEFERRED, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "one_draft_each" UNIQUE ("post_id", "user_id"));
INSERT INTO "campaign_draft" VALUES (1, 1, '{"title": "\u00c0 moiti\u00e9 \u00e9crit", "fields": "{\"kind\": \"awareness\", \"template\": \"fact\", \"channels\": [], \"when\": \"next-slot\", \"grace\": \"\", \"facts\": [], \"action\": \"\", \"day\": \"\", \"links\": {}, \"link_to\": \"\", \"not_on\": [], \"hashtags\": true, \"numbered\": false, \"example\": false, \"help\": false, \"consent\": null, \"pictures\": [], \"texts\": {}, \"accepted\": {}}"}', '2027-09-01 12:00:00', 14, 1);
CREATE TABLE "campaign_version" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" integer unsigned NOT NULL CHECK ("number" >= 0), "source" text NOT NULL, "folder" text NOT NULL, "at" datetime NOT NULL, "by_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "post_id" bigint NOT NULL REFERENCES "campaign_post" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "versions_are_numbered" UNIQUE ("post_id", "number"));
INSERT INTO "campaign_version" VALUES (1, 1, 'when = "2027-09-01 09:00"
channels = ["x-en", "x-fr", "page-en"]
[[media]]
file = "jardin.png"
alt.en = "A garden."
alt.fr = "Un jardin, l’été."

[en]
short = """Listen first."""
[fr]
short = """Écoutez d’abord, même à Noël."""
', '/srv/campaign/posts/know', '2027-09-01 12:00:00', 3, 1);
INSERT INTO "campaign_version" VALUES (2, 1, 'when = "2027-09-01 09:02"
channels = ["x-en"]

[en]
short = """First part.
---
Second part."""
[fr]
short = """Première.
---
Deuxième."""
', '/srv/campaign/posts/know', '2027-09-01 12:00:00', 3, 2);
INSERT INTO "campaign_version" VALUES (3, 1, 'when = "2027-09-01 09:05"
channels = ["x-en"]

[en]
short = """Said again."""
[fr]
short = """Déjà dit."""
', '/srv/campaign/posts/know', '2027-09-01 12:00:00', 3, 3);
INSERT INTO "campaign_version" VALUES (4, 1, 'when = "2027-09-01 09:10"
channels = ["x-en"]

[en]
short = """An answer that is lost."""
[fr]
short = """Une réponse perdue."""
', '/srv/campaign/posts/know', '2027-09-01 12:00:00', 3, 4);
INSERT INTO "campaign_version" VALUES (5, 1, 'when = "2027-09-01 09:15"
channels = ["x-en"]

[en]
short = """A network that is busy."""
[fr]
short = """Un réseau occupé."""
', '/srv/campaign/posts/know', '2027-09-01 12:00:00', 3, 5);
INSERT INTO "campaign_version" VALUES (6, 1, 'when = "2027-09-01 09:25"
channels = ["x-fr"]
grace = "5m"
[en]
short = """Too late."""
[fr]
short = """Trop tard, hélas."""
', '/srv/campaign/posts/know', '2027-09-01 12:00:00', 3, 6);
INSERT INTO "campaign_version" VALUES (7, 1, 'when = "2027-09-01 09:30"
channels = ["x-en"]

[en]
short = """Soon taken down."""
[fr]
short = """Bientôt retiré."""
', '/srv/campaign/posts/know', '2027-09-01 12:00:00', 3, 7);
INSERT INTO "campaign_version" VALUES (8, 1, 'when = "2027-09-01 12:00"
channels = ["x-en"]

[en]
short = """Better not."""
[fr]
short = """Plutôt pas."""
', '/srv/campaign/posts/know', '2027-09-01 12:00:00', 3, 8);
INSERT INTO "campaign_version" VALUES (9, 1, 'when = "2027-09-01 12:20"
channels = ["x-fr"]

[en]
short = """On its way."""
[fr]
short = """En route, là-bas."""
', '/srv/campaign/posts/know', '2027-09-01 12:00:00', 3, 9);
INSERT INTO "campaign_version" VALUES (10, 1, 'when = "mbc-day 09:00"
facts = ["spread"]
[en]
short = """It has spread."""
[fr]
short = """Il s’est propagé."""
', '/srv/campaign/posts/know', '2027-09-01 12:00:00', 3, 10);
INSERT INTO "campaign_version" VALUES (11, 1, 'when = "2027-11-11 12:00"
channels = ["x-en"]

[en]
short = """We are here."""
[fr]
short = """Nous sommes là."""
', '/srv/campaign/posts/know', '2027-09-01 12:00:00', 3, 11);
INSERT INTO "campaign_version" VALUES (12, 1, 'when = "2027-09-01 09:40"
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
', '/srv/campaign/posts/know', '2027-09-01 12:00:00', 3, 12);
INSERT INTO "campaign_version" VALUES (13, 1, 'when = "2027-09-01 09:40"
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
', '/srv/campaign/posts/know', '2027-09-01 12:00:00', 3, 13);
INSERT INTO "campaign_version" VALUES (14, 1, 'when = "2027-09-01 15:00"
channels = ["x-fr"]

[en]
short = """Nobody has approved it."""
[fr]
short = """Personne ne l’a approuvé."""
', '/srv/campaign/posts/know', '2027-09-01 12:00:00', 3, 14);
INSERT INTO "campaign_version" VALUES (15, 1, 'when = "2027-09-01 16:00"
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
', '/srv/campaign/posts/know', '2027-09-01 12:00:00', 3, 15);
INSERT INTO "campaign_version" VALUES (16, 1, 'when = "2027-09-01 16:00"
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
', '/srv/campaign/posts/know', '2027-09-01 12:00:00', 3, 16);
CREATE VIRTUAL TABLE campaign_delivery_words USING fts5(words, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3');
INSERT INTO "campaign_delivery_words" (rowid, "words") VALUES (1, 'Listen first.  know/listen');
INSERT INTO "campaign_delivery_words" (rowid, "words") VALUES (2, 'Listen first.  know/listen');
INSERT INTO "campaign_delivery_words" (rowid, "words") VALUES (3, 'Écoutez d’abord, même à Noël.  know/listen');
INSERT INTO "campaign_delivery_words" (rowid, "words") VALUES (4, 'First part.
---
Second part.  know/thread');
INSERT INTO "campaign_delivery_words" (rowid, "words") VALUES (5, 'Said again.  know/refused');
INSERT INTO "campaign_delivery_words" (rowid, "words") VALUES (6, 'An answer that is lost.  know/lost');
INSERT INTO "campaign_delivery_words" (rowid, "words") VALUES (7, 'A network that is busy.  know/busy');
INSERT INTO "campaign_delivery_words" (rowid, "words") VALUES (8, 'Trop tard, hélas.  know/late');
INSERT INTO "campaign_delivery_words" (rowid, "words") VALUES (9, 'Soon taken down.  know/gone');
INSERT INTO "campaign_delivery_words" (rowid, "words") VALUES (10, 'Better not.  know/dropped');
INSERT INTO "campaign_delivery_words" (rowid, "words") VALUES (11, 'En route, là-bas.  know/sending');
INSERT INTO "campaign_delivery_words" (rowid, "words") VALUES (12, 'It has spread.  know/october');
INSERT INTO "campaign_delivery_words" (rowid, "words") VALUES (13, 'It has spread.  know/october');
INSERT INTO "campaign_delivery_words" (rowid, "words") VALUES (14, 'Il s’est propagé.  know/october');
INSERT INTO "campaign_delivery_words" (rowid, "words") VALUES (15, 'We are here.  know/remembered');
INSERT INTO "campaign_delivery_words" (rowid, "words") VALUES (16, 'Every day counts, says S-0002.  know/story-noe');
INSERT INTO "campaign_delivery_words" (rowid, "words") VALUES (17, 'Every day counts, says S-0001.  know/story-zoe');
INSERT INTO "campaign_delivery_words" (rowid, "words") VALUES (18, 'Personne ne l’a approuvé.  know/draft');
INSERT INTO "campaign_delivery_words" (rowid, "words") VALUES (19, '« Chaque journée compte », S-0002.  know/later-noe');
INSERT INTO "campaign_delivery_words" (rowid, "words") VALUES (20, '« Chaque journée compte », S-0001.  know/later-zoe');
CREATE VIRTUAL TABLE campaign_attempt_words USING fts5(words, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3');
INSERT INTO "campaign_attempt_words" (rowid, "words") VALUES (4, '["Part {0} of {1} is out.", 1, 2]');
INSERT INTO "campaign_attempt_words" (rowid, "words") VALUES (6, '["X does not accept this post: {0}. Change it.", "“The text of this post is not allowed.”"]');
INSERT INTO "campaign_attempt_words" (rowid, "words") VALUES (7, '["{0} did not give a whole answer ({1}): the post may be out, or not.", "X", ["the connection broke"]]');
INSERT INTO "campaign_attempt_words" (rowid, "words") VALUES (8, '["X asks to wait ({0}): too many posts or calls in a short time. It goes on by itself.", "“Too Many Requests”"]');
CREATE VIRTUAL TABLE campaign_event_words USING fts5(words, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3');
INSERT INTO "campaign_event_words" (rowid, "words") VALUES (1, 'ana was added as admin. ');
INSERT INTO "campaign_event_words" (rowid, "words") VALUES (2, 'bob was added as staff. ');
INSERT INTO "campaign_event_words" (rowid, "words") VALUES (3, 'véra was added as volunteer. ');
INSERT INTO "campaign_event_words" (rowid, "words") VALUES (34, 'S-0001 ');
INSERT INTO "campaign_event_words" (rowid, "words") VALUES (35, 'S-0002 ');
INSERT INTO "campaign_event_words" (rowid, "words") VALUES (36, 'S-0001 Version 1. ');
INSERT INTO "campaign_event_words" (rowid, "words") VALUES (37, 'S-0002 Version 1. ');
INSERT INTO "campaign_event_words" (rowid, "words") VALUES (43, '["Answer: {0}.", "remark"] ');
INSERT INTO "campaign_event_words" (rowid, "words") VALUES (44, '["Answer: {0}.", "yes"] ');
INSERT INTO "campaign_event_words" (rowid, "words") VALUES (45, '["Answer: {0}.", "remark"] ');
INSERT INTO "campaign_event_words" (rowid, "words") VALUES (46, '["Answer: {0}.", "yes"] ');
INSERT INTO "campaign_event_words" (rowid, "words") VALUES (47, '["Answer: {0}.", "remark"] ');
INSERT INTO "campaign_event_words" (rowid, "words") VALUES (48, '["Answer: {0}.", "yes"] ');
INSERT INTO "campaign_event_words" (rowid, "words") VALUES (49, '["Answer: {0}.", "remark"] ');
INSERT INTO "campaign_event_words" (rowid, "words") VALUES (50, '["Answer: {0}.", "yes"] ');
INSERT INTO "campaign_event_words" (rowid, "words") VALUES (55, '["Its time is over: it could go out until {0}. Give it a new time, or drop it.", "2027-09-01 09:30"] ');
INSERT INTO "campaign_event_words" (rowid, "words") VALUES (56, '["It may go out on {0}: {1}", "2027-11-11", "Elle dit où trouver de l’aide."] ');
INSERT INTO "campaign_event_words" (rowid, "words") VALUES (57, '["{0}: {1}", ["Campaign {0}", "know"], "Jour de deuil."] ');
INSERT INTO "campaign_event_words" (rowid, "words") VALUES (58, '["It was held back by a pause: send it now, give it a new time, or drop it."] ');
INSERT INTO "campaign_event_words" (rowid, "words") VALUES (59, '["{0}: {1}", ["Campaign {0}", "know"], "C’est passé."] ');
INSERT INTO "campaign_event_words" (rowid, "words") VALUES (60, '["{0}: {1}", ["Channel {0}", "x-fr"], "On relit le français."] ');
INSERT INTO "campaign_event_words" (rowid, "words") VALUES (61, 'Mieux vaut attendre. ');
INSERT INTO "campaign_event_words" (rowid, "words") VALUES (62, '1445880548472328200 ');
INSERT INTO "campaign_event_words" (rowid, "words") VALUES (63, 'Une coquille. ');
INSERT INTO "campaign_event_words" (rowid, "words") VALUES (64, 'S-0001 ');
INSERT INTO "campaign_event_words" (rowid, "words") VALUES (65, '["Its storyteller has taken it back."] ');
INSERT INTO "campaign_event_words" (rowid, "words") VALUES (66, 'S-0002 (all). ');
INSERT INTO "campaign_event_words" (rowid, "words") VALUES (67, '1445880548472328202 ');
INSERT INTO "campaign_event_words" (rowid, "words") VALUES (68, '["It was taken back by its storyteller."] ');
INSERT INTO "campaign_event_words" (rowid, "words") VALUES (69, '["{0}: {1}", "copy-1", ["The answer came after all, when another worker had sent it again: this copy is deleted."]] ');
INSERT INTO "campaign_event_words" (rowid, "words") VALUES (70, '["Somebody was invited as {0}.", "volunteer"] ');
CREATE TABLE "campaign_withdrawal" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "scope" varchar(120) NOT NULL, "asked_at" datetime NOT NULL, "via" varchar(20) NOT NULL, "received_by" varchar(150) NOT NULL, "pulled" integer unsigned NOT NULL CHECK ("pulled" >= 0), "storyteller_id" bigint NOT NULL REFERENCES "campaign_storyteller" ("id") DEFERRABLE INITIALLY DEFERRED, "emptied_at" datetime NULL);
INSERT INTO "campaign_withdrawal" VALUES (1, 'all', '2027-09-01 16:00:00', 'command line', 'ana', 1, 2, NULL);
CREATE TABLE "campaign_lockedpicture" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "digest" varchar(64) NOT NULL, "at" datetime NOT NULL, "storyteller_id" bigint NOT NULL REFERENCES "campaign_storyteller" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "locked_once" UNIQUE ("digest", "storyteller_id"));
INSERT INTO "campaign_lockedpicture" VALUES (1, 'a4a783c0c4685472cca347992915e49cc180dca46f5ad56777d976ba93dbc9cf', '2027-09-01 16:00:00', 2);
CREATE TABLE "campaign_takedown" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "asked_at" datetime NOT NULL, "next_at" datetime NOT NULL, "tries" integer unsigned NOT NULL CHECK ("tries" >= 0), "gone_at" datetime NULL, "by_hand" bool NOT NULL, "due_by" datetime NULL, "done_by" varchar(150) NOT NULL, "problem" text NOT NULL, "delivery_id" bigint NOT NULL REFERENCES "campaign_delivery" ("id") DEFERRABLE INITIALLY DEFERRED, "withdrawal_id" bigint NOT NULL REFERENCES "campaign_withdrawal" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "one_takedown_each" UNIQUE ("withdrawal_id", "delivery_id"));
INSERT INTO "campaign_takedown" VALUES (1, '2027-09-01 16:00:00', '2027-09-01 16:00:45', 0, '2027-09-01 16:00:00', 0, '2027-09-03 16:00:00', '', '', 16, 1);
CREATE TABLE "campaign_secondcopy" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "remote_id" varchar(200) NOT NULL, "url" text NOT NULL, "at" datetime NOT NULL, "next_at" datetime NOT NULL, "tries" integer unsigned NOT NULL CHECK ("tries" >= 0), "ended_at" datetime NULL, "problem" text NOT NULL, "delivery_id" bigint NOT NULL REFERENCES "campaign_delivery" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "one_row_for_each_copy" UNIQUE ("delivery_id", "remote_id"));
INSERT INTO "campaign_secondcopy" VALUES (1, 'copy-1', 'https://x.com/copy-1', '2027-09-01 12:00:00', '2027-09-01 12:00:00', 0, NULL, '', 11);
CREATE TABLE "campaign_installation" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" varchar(32) NOT NULL, "made_at" datetime NOT NULL);
INSERT INTO "campaign_installation" VALUES (1, '12e5ec6edc0b1d50062b24b3f3ab2042', '2027-09-01 13:00:00');
CREATE TABLE "campaign_stray" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "channel" varchar(100) NOT NULL, "remote_id" varchar(200) NOT NULL, "url" text NOT NULL, "at" datetime NOT NULL, "words" varchar(64) NOT NULL, "links" varchar(64) NOT NULL, CONSTRAINT "strays_are_noted_once" UNIQUE ("channel", "remote_id"));
INSERT INTO "campaign_stray" VALUES (1, 'x-en', '99', 'https://x.com/i/web/status/99', '2027-09-01 12:00:00', '012e8526bb6efe7b37be4ea5c2e6dd2942228200e7312eecf1f1a9487969db88', '4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945');
CREATE TABLE "campaign_channelstate" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(100) NOT NULL UNIQUE, "owner" varchar(100) NOT NULL, "lease_until" datetime NULL, "rest_until" datetime NULL, "rest_reason" text NOT NULL, "troubles" integer unsigned NOT NULL CHECK ("troubles" >= 0), "test_problem" text NOT NULL, "tested_at" datetime NULL, "look_at" datetime NULL, "look_problem" text DEFAULT '' NOT NULL, "look_since" datetime NULL, "clock_ahead" bigint DEFAULT 0 NOT NULL);
INSERT INTO "campaign_channelstate" VALUES (1, 'x-en', '', NULL, '2027-09-01 13:16:04.483828', '["X asks to wait ({0}): too many posts or calls in a short time. It goes on by itself.", "“Too Many Requests”"]', 0, '', NULL, NULL, '', NULL, 0);
INSERT INTO "campaign_channelstate" VALUES (2, 'x-fr', 'a-machine/0/1:1:0', '2027-09-01 12:01:00', NULL, '', 0, '', NULL, NULL, '', NULL, 0);
INSERT INTO "campaign_channelstate" VALUES (3, 'page-en', '', NULL, NULL, '', 0, '', NULL, '2027-09-01 12:00:00', 'Facebook did not answer.', '2027-09-01 12:00:00', 0);
CREATE TABLE "campaign_tally" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" varchar(64) NOT NULL UNIQUE, "number" integer unsigned NOT NULL CHECK ("number" >= 0), "until" datetime NOT NULL);
INSERT INTO "campaign_tally" VALUES (1, 'fake-00000000000000000000000000000000000000000000000000000000000', 5, '2027-09-01 12:05:00');
CREATE TABLE "campaign_takingback" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "scope" varchar(120) NOT NULL, "via" varchar(20) NOT NULL, "by" varchar(150) NOT NULL, "asked_at" datetime NOT NULL, "due_at" datetime NOT NULL, "decided_at" datetime NULL, "decided_by" varchar(150) NOT NULL, "storyteller_id" bigint NOT NULL REFERENCES "campaign_storyteller" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "campaign_takingback" VALUES (1, 'name', 'volunteer', 'vera', '2027-09-01 12:00:00', '2027-09-01 13:00:00', NULL, '', 1);
CREATE TABLE "campaign_leftover" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(20) NOT NULL, "place" text NOT NULL, "since" datetime NOT NULL, "next_at" datetime NOT NULL, "tries" integer unsigned NOT NULL CHECK ("tries" >= 0), "problem" text NOT NULL, "storyteller_id" bigint NULL REFERENCES "campaign_storyteller" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "leftovers_are_noted_once" UNIQUE ("kind", "place"));
INSERT INTO "campaign_leftover" VALUES (1, '1 upload', 'étoile.png', '2027-09-01 12:00:00', '2027-09-01 12:00:00', 1, '["It could not be deleted ({0}).", "Permission denied"]', 1);
CREATE TABLE "campaign_calledwrong" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "code" varchar(50) NOT NULL, "digest" varchar(64) NOT NULL, "sentence" text NOT NULL, "at" datetime NOT NULL, "by_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "post_id" bigint NOT NULL REFERENCES "campaign_post" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "called_wrong_once" UNIQUE ("post_id", "code", "digest"));
INSERT INTO "campaign_calledwrong" VALUES (1, 'fear', 'fake-00000000000000000000000000000000000000000000000000000000000', '["“{0}” frightens.", "déjà"]', '2027-09-01 12:00:00', 1, 14);
CREATE TABLE "campaign_shownpage" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "digest" varchar(64) NOT NULL UNIQUE, "language" varchar(10) NOT NULL, "words" text NOT NULL, "first_at" datetime NOT NULL);
INSERT INTO "campaign_shownpage" VALUES (1, 'c687d53b116e926185c48ca9b59d936107af5eff8c58c5513d847e5516723231', 'fr', 'Ce que signifie partager votre témoignage', '2027-10-13 16:00:00');
INSERT INTO "campaign_shownpage" VALUES (2, 'fake-00000000000000000000000000000000000000000000000000000000000', 'fr', 'Ce que signifie partager.', '2027-09-01 12:00:00');
CREATE TABLE "campaign_consent" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" integer unsigned NOT NULL CHECK ("number" >= 0), "channels" text NOT NULL, "languages" varchar(100) NOT NULL, "purposes" varchar(200) NOT NULL, "identity" varchar(20) NOT NULL, "named_as_sealed" text NOT NULL, "pictures" bool NOT NULL, "details" text NOT NULL, "edits" varchar(30) NOT NULL, "given_on" date NOT NULL, "valid_from" date NOT NULL, "valid_until" date NOT NULL, "if_ill" varchar(20) NOT NULL, "if_died" varchar(20) NOT NULL, "told" text NOT NULL, "form_version" varchar(50) NOT NULL, "form_language" varchar(10) NOT NULL, "form_digest" varchar(64) NOT NULL, "method" varchar(20) NOT NULL, "proof_digest" varchar(64) NOT NULL, "collected_by" varchar(150) NOT NULL, "at" datetime NOT NULL, "ended_at" datetime NULL, "storyteller_id" bigint NOT NULL REFERENCES "campaign_storyteller" ("id") DEFERRABLE INITIALLY DEFERRED, "if_ended" varchar(20) DEFAULT 'keep' NOT NULL, "second_voice" varchar(10) DEFAULT '' NOT NULL, CONSTRAINT "consents_are_numbered" UNIQUE ("storyteller_id", "number"));
INSERT INTO "campaign_consent" VALUES (1, 1, 'x-en x-fr', 'en fr', 'awareness', 'full_name', '', 1, '', 'none', '2027-01-01', '2027-01-01', '2027-12-31', 'talk', 'talk', '', '', 'fr', 'c687d53b116e926185c48ca9b59d936107af5eff8c58c5513d847e5516723231', 'paper', '', 'anna', '2027-10-13 16:00:00', NULL, 1, 'keep', '');
INSERT INTO "campaign_consent" VALUES (2, 1, 'x-en x-fr', 'en fr', 'awareness', 'full_name', '', 1, '', 'none', '2027-01-01', '2027-01-01', '2027-12-31', 'talk', 'talk', '', '', 'fr', 'c687d53b116e926185c48ca9b59d936107af5eff8c58c5513d847e5516723231', 'paper', '', 'anna', '2027-10-13 16:00:00', '2027-09-01 16:00:00', 2, 'keep', '');
CREATE TABLE "campaign_finalword" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "fingerprint" varchar(64) NOT NULL, "answer" varchar(10) NOT NULL, "remark_sealed" text NOT NULL, "recorded_by" varchar(150) NOT NULL, "at" datetime NOT NULL, "consent_id" bigint NOT NULL REFERENCES "campaign_consent" ("id") DEFERRABLE INITIALLY DEFERRED, "delivery_id" bigint NOT NULL REFERENCES "campaign_delivery" ("id") DEFERRABLE INITIALLY DEFERRED, "change" varchar(20) DEFAULT '' NOT NULL, "saw_change" bool DEFAULT 0 NOT NULL, "is_second" bool DEFAULT 0 NOT NULL);
INSERT INTO "campaign_finalword" VALUES (1, '82576ae4d2263a17914f55e954e178a25e8e363ba02a23302d7d99a7cf77e6eb', 'remark', 'gAAAAABrDPspbLzG1UOWxXrNVohVeT6NN9F7hqW6LQZ7yjriUqMRpuYVyn8ZahyuJcZJRc-OSBcgv3KEDN8H8PbAvWtT8hU60kyiToGyVtC2suNZLy_VJwA=', '', '2027-09-01 12:00:00', 2, 16, 'untold', 0, 0);
INSERT INTO "campaign_finalword" VALUES (2, '82576ae4d2263a17914f55e954e178a25e8e363ba02a23302d7d99a7cf77e6eb', 'yes', '', '', '2027-09-01 12:00:00', 2, 16, 'untold', 0, 0);
INSERT INTO "campaign_finalword" VALUES (3, 'c2ebd2112503dce442d7eb5940e429319f6160c5e96619c62774b7e7e0cccbb4', 'remark', 'gAAAAABrDPsp4jCFkyId7O0dUqAJSFkphgg9Rtgd7DTj2Ei3AFgHNS6I6UGUW4KTg4S2ANfJ0BFdaQelBmEAWngQQGfcM4I2ZkIZ-Lt50lZhpNK9LkBCZnQ=', '', '2027-09-01 12:00:00', 1, 17, 'untold', 0, 0);
INSERT INTO "campaign_finalword" VALUES (4, 'c2ebd2112503dce442d7eb5940e429319f6160c5e96619c62774b7e7e0cccbb4', 'yes', '', '', '2027-09-01 12:00:00', 1, 17, 'untold', 0, 0);
INSERT INTO "campaign_finalword" VALUES (5, 'f1f3c258681b60baa93605871df0c758d5c5c3400818cc3e2499d976c4c22aff', 'remark', 'gAAAAABrDPspha7SnGFJfMroWA2UYpJ9wiWL__vJI03hTQ-RiGIy2kroMBGbhH_EkzoHIXLm_dJZTqlOwwzvP2GmYI0-YYIyY3kgF0_wEuBTem0AF0q1kK8=', '', '2027-09-01 12:00:00', 2, 19, 'untold', 0, 0);
INSERT INTO "campaign_finalword" VALUES (6, 'f1f3c258681b60baa93605871df0c758d5c5c3400818cc3e2499d976c4c22aff', 'yes', '', '', '2027-09-01 12:00:00', 2, 19, 'untold', 0, 0);
INSERT INTO "campaign_finalword" VALUES (7, '309bdf445f6ba3598767a05be02eb631f76f6f109cf6c0a9756f229f74f698c9', 'remark', 'gAAAAABrDPspatGZuOPURniRrewmRwTlj5QwsKy6ftJWe0t3WkmH-kaj7QpBLzt0yXdRGkgMoYtYiRJGL5E9AdWIwp3C-Oi7Qjda7_erxJfQu8NbMQTmeEs=', '', '2027-09-01 12:00:00', 1, 20, 'untold', 0, 0);
INSERT INTO "campaign_finalword" VALUES (8, '309bdf445f6ba3598767a05be02eb631f76f6f109cf6c0a9756f229f74f698c9', 'yes', '', '', '2027-09-01 12:00:00', 1, 20, 'untold', 0, 0);
CREATE TABLE "campaign_storyteller" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "reference" varchar(20) NOT NULL UNIQUE, "name_sealed" text NOT NULL, "contact_sealed" text NOT NULL, "language" varchar(10) NOT NULL, "held_at" datetime NULL, "held_by" varchar(150) NOT NULL, "hold_reason" varchar(20) NOT NULL, "withdrawn_at" datetime NULL, "erased_at" datetime NULL, "made_at" datetime NOT NULL, "made_by" varchar(150) NOT NULL, "consent_number" integer unsigned NOT NULL CHECK ("consent_number" >= 0), "link_digest" varchar(64) NOT NULL, "link_at" datetime NULL, "form" varchar(100) NULL, "is_aside" bool DEFAULT 0 NOT NULL, "adult_on" date NULL, "answers_at" datetime NULL, "answers_sealed" text DEFAULT '' NOT NULL, "party" varchar(20) DEFAULT 'self' NOT NULL, "reminded_at" datetime NULL, "speaker_sealed" text DEFAULT '' NOT NULL, "trusted_sealed" text DEFAULT '' NOT NULL, "trusted_told_at" datetime NULL);
INSERT INTO "campaign_storyteller" VALUES (1, 'S-0001', 'gAAAAABrDPspwmOlkL-CT513JUXE71xIxQqyyfyj2mXFwN3ogWD7lf0bktbuj2RSOvQdbfRmMwREUoqBFLgW857wO7vYQOZgGA==', 'gAAAAABrDPspfD6jIrvTMMyRfon5jjrLx5UYsT_N2y6bYUw7VgFH1Ii3uWnTqS5jY7821oL2pNJ8M_6BqRdMsPwx5VX5o0pC6A==', 'fr', '2027-09-01 16:00:00', 'bob', 'ill', NULL, NULL, '2027-10-13 16:00:00', 'anna', 1, 'fake-00000000000000000000000000000000000000000000000000000000000', '2027-09-01 12:00:00', NULL, 0, NULL, '2027-09-01 12:00:00', 'gAAAAABrDPspZj9aP4RV3aZnEThWQ5wRTdZuoWB644Z2K7vD6B-SZKSccJ-H88wnqrDDcJad3dP9SKVuF3V1spPhxPco5tazX0p_aLWNNrfmwZIjwKEMrkcZcolyIF1D2g42-9FhastE', 'self', NULL, '', 'gAAAAABrDPsp9D2-ExugVaErxPeZIIrbWBC9uIrd3zuvqtoMxTVhtjs6RjAVAoioC-JqLiMRdxOWUKKgdzzyxAxIbWBpec9_wkNB72qq3WVMI44FbRZRS2veMVhCroYf7W70w-Ikj8coWjYNHSF2n6aGOqOKGpIDBKYSkuxnPVre1TsLSgiwHRw=', NULL);
INSERT INTO "campaign_storyteller" VALUES (2, 'S-0002', 'gAAAAABrDPspL-U7n_rFDdJaNpVDTlpwQk0Xogn5_KZS8HDGalkPFjRpWUJ7coGX0MX2FCw0eRhoCE2zE_CzIj77slFrkueNFw==', 'gAAAAABrDPspq_wEiCc6dbf17Srkmgdk5ZYOXjwVNA9wfqDId6EheXVUQSmJEoCHS5gRBJd_KxVACuXnc7i9WkBoBMgJIDREDA==', 'fr', NULL, '', '', '2027-09-01 16:00:00', NULL, '2027-10-13 16:00:00', 'anna', 1, '', NULL, NULL, 0, '2031-05-01', '2027-09-01 12:00:00', 'gAAAAABrDPspQbFcAYfxHcyc_4RFa_GN2sLXr86KZcWWOjfxAmBynJXsErXYpvYTDaYEyXz9T4FHJ4QLIbHVLIStp8T2PX2Pc2-FN3OG7Kj3VDzPXlC5M6r-nBFEIxXVDNAB-JKgg8-d', 'decider', NULL, 'gAAAAABrDPspAucR_-7LnZ4MEmtRuqX6CTm4usaXlcQTeLkr1oZ_Dj_MOUtOiHqouKM0GDnYluwyze7WFzn75SNVthBF0xUVgwpn7SWIpxaXBH_vYk91eqGLfAoQ7-3Cr21Q0lVvKQxHGYdLdkX_6ctT5X6Y5NJz0aTSgXBRdxg7kjLtbrl34ro=', 'gAAAAABrDPspFRhyxWVpPcKZSdIJ8FteTta5VhgP2og56z3X_Ol33Lhnh4l6uR9Pfc5DjvvSqXXKyq7BbPGhVk_2pzJS_7LZY-xaLZ-H2GnYwbcfPi03k2YwWuHvvXLf3xe9rbuj1E1WI443QkkDxmyP_lnIBPlCQ1eGonktcB3KLt6MqpqngWg=', NULL);
CREATE TABLE "campaign_incident" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" integer unsigned NOT NULL CHECK ("number" >= 0), "version" integer unsigned NOT NULL CHECK ("version" >= 0), "found_on" date NOT NULL, "happened" varchar(200) NOT NULL, "what" text NOT NULL, "data" text NOT NULL, "people" varchar(100) NOT NULL, "is_serious" bool NOT NULL, "why" text NOT NULL, "cai_on" date NULL, "opc_on" date NULL, "people_on" date NULL, "notice" text NOT NULL, "done" text NOT NULL, "closed_on" date NULL, "by" varchar(150) NOT NULL, "at" datetime NOT NULL, CONSTRAINT "incidents_are_versioned" UNIQUE ("number", "version"));
INSERT INTO "campaign_incident" VALUES (1, 1, 1, '2027-09-01', 'à l’été', 'Une clé a été perdue.', 'Des adresses de courriel.', 'environ 10', 0, 'La clé est chiffrée.', NULL, NULL, NULL, '', 'La clé a été changée.', NULL, 'ana', '2027-09-01 12:00:00');
CREATE TABLE "campaign_hand" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "source" varchar(20) NOT NULL, "raised_at" datetime NOT NULL, "told_at" datetime NULL, "is_reminded" bool NOT NULL, "in_touch_at" datetime NULL, "in_touch_by" varchar(150) NOT NULL, "post_id" bigint NULL REFERENCES "campaign_post" ("id") DEFERRABLE INITIALLY DEFERRED, "storyteller_id" bigint NULL REFERENCES "campaign_storyteller" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "campaign_hand" VALUES (1, 'remark', '2027-09-01 12:00:00', '2027-09-01 12:00:00', 0, NULL, '', NULL, 1);
CREATE TABLE "campaign_quietday" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" varchar(100) NOT NULL UNIQUE, "rule" varchar(100) NOT NULL, "dates" text NOT NULL);
INSERT INTO "campaign_quietday" VALUES (1, 'remembrance-day', 'fixed 11-11', '');
CREATE TABLE "campaign_allowance" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "day" date NOT NULL, "fingerprint" varchar(64) NOT NULL, "at" datetime NOT NULL, "by_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "delivery_id" bigint NOT NULL REFERENCES "campaign_delivery" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "allowed_once_a_day" UNIQUE ("delivery_id", "day"));
INSERT INTO "campaign_allowance" VALUES (1, '2027-11-11', '15df7892d5fe0933745407b5941015caa282e19df3229d5b062437ad4a3be7a0', '2027-09-01 16:00:00', 1, 15);
CREATE TABLE "campaign_shared" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(20) NOT NULL, "key" varchar(100) NOT NULL, "number" integer unsigned NOT NULL CHECK ("number" >= 0), "source" text NOT NULL, "at" datetime NOT NULL, "confirmed_at" datetime NULL, "by_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "confirmed_by_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "shared_versions_are_numbered" UNIQUE ("kind", "key", "number"));
INSERT INTO "campaign_shared" VALUES (1, 'fact', 'walked', 1, '
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
', '2027-09-01 12:00:00', NULL, 1, NULL);
CREATE TABLE "campaign_series" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(200) NOT NULL, "campaign" varchar(100) NOT NULL, "begun_at" datetime NOT NULL, "made_at" datetime NULL, "typed" text NOT NULL, "form" varchar(100) NULL, "by_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "campaign_series" VALUES (1, 'Été, pas à pas', 'know', '2027-09-01 12:00:00', NULL, '{}', NULL, 1);
CREATE VIRTUAL TABLE campaign_post_words USING fts5(words, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3');
INSERT INTO "campaign_post_words" (rowid, "words") VALUES (1, ' know/listen  when = "2027-09-01 09:00"
channels = ["x-en", "x-fr", "page-en"]
[[media]]
file = "jardin.png"
alt.en = "A garden."
alt.fr = "Un jardin, l’été."

[en]
short = """Listen first."""
[fr]
short = """Écoutez d’abord, même à Noël."""
');
INSERT INTO "campaign_post_words" (rowid, "words") VALUES (2, ' know/thread  when = "2027-09-01 09:02"
channels = ["x-en"]

[en]
short = """First part.
---
Second part."""
[fr]
short = """Première.
---
Deuxième."""
');
INSERT INTO "campaign_post_words" (rowid, "words") VALUES (3, ' know/refused  when = "2027-09-01 09:05"
channels = ["x-en"]

[en]
short = """Said again."""
[fr]
short = """Déjà dit."""
');
INSERT INTO "campaign_post_words" (rowid, "words") VALUES (4, ' know/lost  when = "2027-09-01 09:10"
channels = ["x-en"]

[en]
short = """An answer that is lost."""
[fr]
short = """Une réponse perdue."""
');
INSERT INTO "campaign_post_words" (rowid, "words") VALUES (5, ' know/busy  when = "2027-09-01 09:15"
channels = ["x-en"]

[en]
short = """A network that is busy."""
[fr]
short = """Un réseau occupé."""
');
INSERT INTO "campaign_post_words" (rowid, "words") VALUES (6, ' know/late  when = "2027-09-01 09:25"
channels = ["x-fr"]
grace = "5m"
[en]
short = """Too late."""
[fr]
short = """Trop tard, hélas."""
');
INSERT INTO "campaign_post_words" (rowid, "words") VALUES (7, ' know/gone  when = "2027-09-01 09:30"
channels = ["x-en"]

[en]
short = """Soon taken down."""
[fr]
short = """Bientôt retiré."""
');
INSERT INTO "campaign_post_words" (rowid, "words") VALUES (8, ' know/dropped  when = "2027-09-01 12:00"
channels = ["x-en"]

[en]
short = """Better not."""
[fr]
short = """Plutôt pas."""
');
INSERT INTO "campaign_post_words" (rowid, "words") VALUES (9, ' know/sending  when = "2027-09-01 12:20"
channels = ["x-fr"]

[en]
short = """On its way."""
[fr]
short = """En route, là-bas."""
');
INSERT INTO "campaign_post_words" (rowid, "words") VALUES (10, ' know/october  when = "mbc-day 09:00"
facts = ["spread"]
[en]
short = """It has spread."""
[fr]
short = """Il s’est propagé."""
');
INSERT INTO "campaign_post_words" (rowid, "words") VALUES (11, ' know/remembered  when = "2027-11-11 12:00"
channels = ["x-en"]

[en]
short = """We are here."""
[fr]
short = """Nous sommes là."""
');
INSERT INTO "campaign_post_words" (rowid, "words") VALUES (12, ' know/story-noe S-0002 when = "2027-09-01 09:40"
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
');
INSERT INTO "campaign_post_words" (rowid, "words") VALUES (13, ' know/story-zoe S-0001 when = "2027-09-01 09:40"
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
');
INSERT INTO "campaign_post_words" (rowid, "words") VALUES (14, ' know/draft  when = "2027-09-01 15:00"
channels = ["x-fr"]

[en]
short = """Nobody has approved it."""
[fr]
short = """Personne ne l’a approuvé."""
');
INSERT INTO "campaign_post_words" (rowid, "words") VALUES (15, ' know/later-noe S-0002 when = "2027-09-01 16:00"
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
');
INSERT INTO "campaign_post_words" (rowid, "words") VALUES (16, ' know/later-zoe S-0001 when = "2027-09-01 16:00"
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
');
CREATE TABLE "campaign_linkedpage" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "digest" varchar(64) NOT NULL UNIQUE, "address" text NOT NULL, "title" text NOT NULL, "words" text NOT NULL, "picture" BLOB NOT NULL, "problem" text NOT NULL, "read_at" datetime NOT NULL);
INSERT INTO "campaign_linkedpage" VALUES (1, 'fake-00000000000000000000000000000000000000000000000000000000000', 'https://survivornet.ca/fr/', 'Un réseau pour l’été', '', X'6120736D616C6C2070696374757265', '', '2027-09-01 12:00:00');
CREATE TABLE "campaign_closing" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "campaign" varchar(100) NOT NULL, "at" datetime NOT NULL, "opened_at" datetime NULL, "by_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "opened_by_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "campaign_closing" VALUES (1, 'été', '2027-09-01 12:00:00', NULL, 1, NULL);
CREATE TABLE "campaign_evergreen" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(100) NOT NULL, "every" integer unsigned NOT NULL CHECK ("every" >= 0), "rest" integer unsigned NOT NULL CHECK ("rest" >= 0), "until" date NULL, "is_on" bool NOT NULL, "made_at" datetime NOT NULL, "form" varchar(100) NULL UNIQUE, "made_by_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "campaign_evergreen" VALUES (1, 'À l’écoute', 7, 28, NULL, 1, '2027-09-01 12:00:00', NULL, 1);
CREATE TABLE "campaign_variant" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "added_at" datetime NOT NULL, "allowed_at" datetime NULL, "frozen" text NOT NULL, "problem" text NOT NULL, "left_at" datetime NULL, "added_by_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "allowed_by_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "evergreen_id" bigint NOT NULL REFERENCES "campaign_evergreen" ("id") DEFERRABLE INITIALLY DEFERRED, "post_id" bigint NOT NULL UNIQUE REFERENCES "campaign_post" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "campaign_variant" VALUES (1, '2027-09-01 12:00:00', NULL, '', '', NULL, 1, NULL, 1, 14);
CREATE TABLE "campaign_repetition" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "channel" varchar(100) NOT NULL, "slot" datetime NOT NULL, "evergreen_id" bigint NOT NULL REFERENCES "campaign_evergreen" ("id") DEFERRABLE INITIALLY DEFERRED, "post_id" bigint NOT NULL REFERENCES "campaign_post" ("id") DEFERRABLE INITIALLY DEFERRED, "variant_id" bigint NOT NULL REFERENCES "campaign_variant" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "one_repetition_a_slot" UNIQUE ("evergreen_id", "channel", "slot"));
INSERT INTO "campaign_repetition" VALUES (1, 'x-en', '2027-09-01 12:00:00', 1, 14, 1);
CREATE TABLE "campaign_correction" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "first_id" bigint NOT NULL REFERENCES "campaign_post" ("id") DEFERRABLE INITIALLY DEFERRED, "post_id" bigint NOT NULL UNIQUE REFERENCES "campaign_post" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "campaign_correction" VALUES (1, 1, 14);
CREATE TABLE "campaign_replacement" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "next_at" datetime NULL, "tries" integer unsigned NOT NULL CHECK ("tries" >= 0), "correction_id" bigint NOT NULL REFERENCES "campaign_delivery" ("id") DEFERRABLE INITIALLY DEFERRED, "delivery_id" bigint NOT NULL UNIQUE REFERENCES "campaign_delivery" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "campaign_replacement" VALUES (1, '2027-09-01 12:00:00', 1, 18, 3);
CREATE TABLE "mfa_authenticator" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "type" varchar(20) NOT NULL, "data" text NOT NULL CHECK ((JSON_VALID("data") OR "data" IS NULL)), "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "created_at" datetime NOT NULL, "last_used_at" datetime NULL);
INSERT INTO "mfa_authenticator" VALUES (1, 'totp', '{"secret": "FAKE"}', 1, '2027-09-01 12:00:00', NULL);
CREATE TABLE "django_session" ("session_key" varchar(40) NOT NULL PRIMARY KEY, "session_data" text NOT NULL, "expire_date" datetime NOT NULL);
INSERT INTO "django_session" VALUES ('fake-000000000000000000000000000', 'fake', '2027-09-15 12:00:00');
DELETE FROM sqlite_sequence;
INSERT INTO "sqlite_sequence" VALUES ('django_migrations', 53);
INSERT INTO "sqlite_sequence" VALUES ('account_emailaddress', 0);
INSERT INTO "sqlite_sequence" VALUES ('django_content_type', 47);
INSERT INTO "sqlite_sequence" VALUES ('auth_permission', 188);
INSERT INTO "sqlite_sequence" VALUES ('auth_group', 12);
INSERT INTO "sqlite_sequence" VALUES ('auth_user', 3);
INSERT INTO "sqlite_sequence" VALUES ('campaign_delivery', 20);
INSERT INTO "sqlite_sequence" VALUES ('campaign_pause', 2);
INSERT INTO "sqlite_sequence" VALUES ('campaign_post', 16);
INSERT INTO "sqlite_sequence" VALUES ('campaign_invitation', 1);
INSERT INTO "sqlite_sequence" VALUES ('campaign_profile', 1);
INSERT INTO "sqlite_sequence" VALUES ('campaign_draft', 1);
INSERT INTO "sqlite_sequence" VALUES ('campaign_version', 16);
INSERT INTO "sqlite_sequence" VALUES ('campaign_withdrawal', 1);
INSERT INTO "sqlite_sequence" VALUES ('campaign_lockedpicture', 1);
INSERT INTO "sqlite_sequence" VALUES ('campaign_takedown', 1);
INSERT INTO "sqlite_sequence" VALUES ('campaign_channelstate', 18);
INSERT INTO "sqlite_sequence" VALUES ('campaign_takingback', 1);
INSERT INTO "sqlite_sequence" VALUES ('campaign_consent', 2);
INSERT INTO "sqlite_sequence" VALUES ('campaign_finalword', 8);
INSERT INTO "sqlite_sequence" VALUES ('campaign_storyteller', 2);
INSERT INTO "sqlite_sequence" VALUES ('campaign_allowance', 1);
INSERT INTO "sqlite_sequence" VALUES ('mfa_authenticator', 1);
INSERT INTO "sqlite_sequence" VALUES ('auth_user_groups', 3);
INSERT INTO "sqlite_sequence" VALUES ('campaign_event', 70);
INSERT INTO "sqlite_sequence" VALUES ('campaign_fact', 2);
INSERT INTO "sqlite_sequence" VALUES ('campaign_quietday', 1);
INSERT INTO "sqlite_sequence" VALUES ('campaign_shownpage', 2);
INSERT INTO "sqlite_sequence" VALUES ('campaign_installation', 1);
INSERT INTO "sqlite_sequence" VALUES ('campaign_attempt', 13);
INSERT INTO "sqlite_sequence" VALUES ('campaign_secondcopy', 1);
INSERT INTO "sqlite_sequence" VALUES ('campaign_correction', 1);
INSERT INTO "sqlite_sequence" VALUES ('campaign_replacement', 1);
INSERT INTO "sqlite_sequence" VALUES ('campaign_leftover', 1);
INSERT INTO "sqlite_sequence" VALUES ('campaign_stray', 1);
INSERT INTO "sqlite_sequence" VALUES ('campaign_upload', 1);
INSERT INTO "sqlite_sequence" VALUES ('campaign_series', 1);
INSERT INTO "sqlite_sequence" VALUES ('campaign_shared', 1);
INSERT INTO "sqlite_sequence" VALUES ('campaign_evergreen', 1);
INSERT INTO "sqlite_sequence" VALUES ('campaign_variant', 1);
INSERT INTO "sqlite_sequence" VALUES ('campaign_repetition', 1);
INSERT INTO "sqlite_sequence" VALUES ('campaign_closing', 1);
INSERT INTO "sqlite_sequence" VALUES ('campaign_tally', 1);
INSERT INTO "sqlite_sequence" VALUES ('campaign_calledwrong', 1);
INSERT INTO "sqlite_sequence" VALUES ('campaign_linkedpage', 1);
INSERT INTO "sqlite_sequence" VALUES ('campaign_hand', 1);
INSERT INTO "sqlite_sequence" VALUES ('campaign_incident', 1);
CREATE UNIQUE INDEX "auth_group_permissions_group_id_permission_id_0cd325b0_uniq" ON "auth_group_permissions" ("group_id", "permission_id");
CREATE INDEX "auth_group_permissions_group_id_b120cbf9" ON "auth_group_permissions" ("group_id");
CREATE INDEX "auth_group_permissions_permission_id_84c5c92e" ON "auth_group_permissions" ("permission_id");
CREATE UNIQUE INDEX "auth_user_groups_user_id_group_id_94350c0c_uniq" ON "auth_user_groups" ("user_id", "group_id");
CREATE INDEX "auth_user_groups_user_id_6a12ed8b" ON "auth_user_groups" ("user_id");
CREATE INDEX "auth_user_groups_group_id_97559544" ON "auth_user_groups" ("group_id");
CREATE UNIQUE INDEX "auth_user_user_permissions_user_id_permission_id_14a6b632_uniq" ON "auth_user_user_permissions" ("user_id", "permission_id");
CREATE INDEX "auth_user_user_permissions_user_id_a95ead1b" ON "auth_user_user_permissions" ("user_id");
CREATE INDEX "auth_user_user_permissions_permission_id_1fbb5f2c" ON "auth_user_user_permissions" ("permission_id");
CREATE INDEX "account_emailconfirmation_email_address_id_5b7f8c58" ON "account_emailconfirmation" ("email_address_id");
CREATE UNIQUE INDEX "account_emailaddress_user_id_email_987c8728_uniq" ON "account_emailaddress" ("user_id", "email");
CREATE UNIQUE INDEX "unique_verified_email" ON "account_emailaddress" ("email") WHERE "verified";
CREATE INDEX "account_emailaddress_user_id_2c513194" ON "account_emailaddress" ("user_id");
CREATE INDEX "account_emailaddress_email_03be32b2" ON "account_emailaddress" ("email");
CREATE UNIQUE INDEX "unique_primary_email" ON "account_emailaddress" ("user_id", "primary") WHERE "primary";
CREATE UNIQUE INDEX "django_content_type_app_label_model_76bd3d3b_uniq" ON "django_content_type" ("app_label", "model");
CREATE UNIQUE INDEX "auth_permission_content_type_id_codename_01ab375a_uniq" ON "auth_permission" ("content_type_id", "codename");
CREATE INDEX "auth_permission_content_type_id_2f476e4b" ON "auth_permission" ("content_type_id");
CREATE INDEX "campaign_event_at_39b5fcbb" ON "campaign_event" ("at");
CREATE INDEX "campaign_event_delivery_id_7b9dc2ac" ON "campaign_event" ("delivery_id");
CREATE INDEX "campaign_attempt_started_at_f424efe1" ON "campaign_attempt" ("started_at");
CREATE INDEX "campaign_attempt_delivery_id_aed0d9ac" ON "campaign_attempt" ("delivery_id");
CREATE INDEX "campaign_delivery_approved_by_id_a28ea44e" ON "campaign_delivery" ("approved_by_id");
CREATE INDEX "campaign_delivery_post_id_f131e1fa" ON "campaign_delivery" ("post_id");
CREATE INDEX "queued_next" ON "campaign_delivery" ("next_at", "channel") WHERE "status" = 'queued';
CREATE INDEX "queued_channel" ON "campaign_delivery" ("channel", "due_at") WHERE "status" = 'queued';
CREATE INDEX "queued_latest" ON "campaign_delivery" ("latest_at") WHERE "status" = 'queued';
CREATE INDEX "in_doubt" ON "campaign_delivery" ("channel", "look_at") WHERE "status" = 'unconfirmed';
CREATE INDEX "being_sent" ON "campaign_delivery" ("channel") WHERE "status" = 'sending';
CREATE INDEX "published_when" ON "campaign_delivery" ("channel", "published_at");
CREATE INDEX "by_due" ON "campaign_delivery" ("due_at", "id");
CREATE INDEX "campaign_event_post_id_6cdcec2c" ON "campaign_event" ("post_id");
CREATE INDEX "by_fingerprint" ON "campaign_delivery" ("fingerprint");
CREATE INDEX "campaign_post_campaign_6989a376" ON "campaign_post" ("campaign");
CREATE INDEX "campaign_post_author_id_7ae654f5" ON "campaign_post" ("author_id");
CREATE INDEX "campaign_post_editor_id_633ff088" ON "campaign_post" ("editor_id");
CREATE INDEX "post_stage" ON "campaign_post" ("stage", "loaded_at") WHERE NOT ("stage" = 'planned');
CREATE INDEX "campaign_invitation_by_id_dc97eb8a" ON "campaign_invitation" ("by_id");
CREATE INDEX "campaign_profile_feed_digest_f25d2d92" ON "campaign_profile" ("feed_digest");
CREATE INDEX "campaign_upload_by_id_44e169ae" ON "campaign_upload" ("by_id");
CREATE INDEX "campaign_draft_post_id_140420a1" ON "campaign_draft" ("post_id");
CREATE INDEX "campaign_draft_user_id_f2228cd5" ON "campaign_draft" ("user_id");
CREATE INDEX "campaign_version_by_id_2559b26c" ON "campaign_version" ("by_id");
CREATE INDEX "campaign_version_post_id_0f8b5068" ON "campaign_version" ("post_id");
CREATE INDEX "waiting_due" ON "campaign_delivery" ("status", "due_at", "id") WHERE "status" IN ('draft', 'missed', 'failed');
CREATE INDEX "others_due" ON "campaign_delivery" ("status", "due_at", "id") WHERE "status" IN ('queued', 'sending', 'unconfirmed', 'cancelled', 'withdrawn', 'removed');
CREATE INDEX "not_well" ON "campaign_attempt" ("outcome", "started_at", "id") WHERE "outcome" IN ('refused', 'try_later', 'unconfirmed');
CREATE INDEX "by_action" ON "campaign_event" ("action", "at", "id");
CREATE INDEX "by_actor" ON "campaign_event" ("actor", "at", "id");
CREATE TRIGGER campaign_delivery_words_insert AFTER INSERT ON campaign_delivery BEGIN INSERT INTO campaign_delivery_words (rowid, words) SELECT NEW.id, replace(replace(replace(replace(NEW.text || ' ' || COALESCE((SELECT title || ' ' || key FROM campaign_post WHERE id = NEW.post_id), ''), 'œ', 'oe'), 'Œ', 'oe'), 'æ', 'ae'), 'Æ', 'ae') WHERE 1 = 1; END;
CREATE TRIGGER campaign_delivery_words_update AFTER UPDATE OF text, post_id ON campaign_delivery WHEN NEW.text IS NOT OLD.text OR NEW.post_id IS NOT OLD.post_id BEGIN DELETE FROM campaign_delivery_words WHERE rowid = OLD.id; INSERT INTO campaign_delivery_words (rowid, words) SELECT NEW.id, replace(replace(replace(replace(NEW.text || ' ' || COALESCE((SELECT title || ' ' || key FROM campaign_post WHERE id = NEW.post_id), ''), 'œ', 'oe'), 'Œ', 'oe'), 'æ', 'ae'), 'Æ', 'ae') WHERE 1 = 1; END;
CREATE TRIGGER campaign_delivery_words_delete AFTER DELETE ON campaign_delivery BEGIN DELETE FROM campaign_delivery_words WHERE rowid = OLD.id; END;
CREATE TRIGGER campaign_attempt_words_insert AFTER INSERT ON campaign_attempt BEGIN INSERT INTO campaign_attempt_words (rowid, words) SELECT NEW.id, replace(replace(replace(replace(NEW.detail, 'œ', 'oe'), 'Œ', 'oe'), 'æ', 'ae'), 'Æ', 'ae') WHERE NEW.detail <> ''; END;
CREATE TRIGGER campaign_attempt_words_update AFTER UPDATE OF detail ON campaign_attempt WHEN NEW.detail IS NOT OLD.detail BEGIN DELETE FROM campaign_attempt_words WHERE rowid = OLD.id; INSERT INTO campaign_attempt_words (rowid, words) SELECT NEW.id, replace(replace(replace(replace(NEW.detail, 'œ', 'oe'), 'Œ', 'oe'), 'æ', 'ae'), 'Æ', 'ae') WHERE NEW.detail <> ''; END;
CREATE TRIGGER campaign_attempt_words_delete AFTER DELETE ON campaign_attempt BEGIN DELETE FROM campaign_attempt_words WHERE rowid = OLD.id; END;
CREATE TRIGGER campaign_event_words_insert AFTER INSERT ON campaign_event BEGIN INSERT INTO campaign_event_words (rowid, words) SELECT NEW.id, replace(replace(replace(replace(NEW.reason || ' ' || COALESCE((SELECT title || ' ' || key FROM campaign_post WHERE id = NEW.post_id), ''), 'œ', 'oe'), 'Œ', 'oe'), 'æ', 'ae'), 'Æ', 'ae') WHERE (NEW.reason <> '' OR NEW.post_id IS NOT NULL); END;
CREATE TRIGGER campaign_event_words_update AFTER UPDATE OF reason, post_id ON campaign_event WHEN NEW.reason IS NOT OLD.reason OR NEW.post_id IS NOT OLD.post_id BEGIN DELETE FROM campaign_event_words WHERE rowid = OLD.id; INSERT INTO campaign_event_words (rowid, words) SELECT NEW.id, replace(replace(replace(replace(NEW.reason || ' ' || COALESCE((SELECT title || ' ' || key FROM campaign_post WHERE id = NEW.post_id), ''), 'œ', 'oe'), 'Œ', 'oe'), 'æ', 'ae'), 'Æ', 'ae') WHERE (NEW.reason <> '' OR NEW.post_id IS NOT NULL); END;
CREATE TRIGGER campaign_event_words_delete AFTER DELETE ON campaign_event BEGIN DELETE FROM campaign_event_words WHERE rowid = OLD.id; END;
CREATE INDEX "campaign_withdrawal_storyteller_id_dde7e416" ON "campaign_withdrawal" ("storyteller_id");
CREATE INDEX "campaign_lockedpicture_storyteller_id_85331ace" ON "campaign_lockedpicture" ("storyteller_id");
CREATE INDEX "campaign_takedown_delivery_id_7b9ab6a8" ON "campaign_takedown" ("delivery_id");
CREATE INDEX "campaign_takedown_withdrawal_id_4cff63aa" ON "campaign_takedown" ("withdrawal_id");
CREATE INDEX "still_standing" ON "campaign_takedown" ("next_at") WHERE "gone_at" IS NULL;
CREATE TRIGGER campaign_event_kept_delete BEFORE DELETE ON campaign_event  BEGIN SELECT RAISE(ABORT, 'the publish log is never deleted'); END;
CREATE TRIGGER campaign_attempt_kept_delete BEFORE DELETE ON campaign_attempt  BEGIN SELECT RAISE(ABORT, 'the publish log is never deleted'); END;
CREATE INDEX "campaign_secondcopy_delivery_id_d114604d" ON "campaign_secondcopy" ("delivery_id");
CREATE INDEX "copies_that_stand" ON "campaign_secondcopy" ("next_at") WHERE "ended_at" IS NULL;
CREATE INDEX "campaign_stray_channel_321f9d56" ON "campaign_stray" ("channel");
CREATE UNIQUE INDEX "one_post_a_form" ON "campaign_post" ("form") WHERE "form" IS NOT NULL;
CREATE INDEX "campaign_tally_until_4a30ce99" ON "campaign_tally" ("until");
CREATE INDEX "campaign_takingback_storyteller_id_e975b627" ON "campaign_takingback" ("storyteller_id");
CREATE UNIQUE INDEX "one_open_taking_back" ON "campaign_takingback" ("storyteller_id", "scope") WHERE "decided_at" IS NULL;
CREATE INDEX "campaign_upload_post_id_f15f43d6" ON "campaign_upload" ("post_id");
CREATE TRIGGER campaign_event_kept_update BEFORE UPDATE ON campaign_event WHEN NOT (NEW.reason = '' AND NEW.id IS OLD.id AND NEW.at IS OLD.at AND NEW.actor IS OLD.actor AND NEW.action IS OLD.action AND NEW.delivery_id IS OLD.delivery_id AND NEW.post_id IS OLD.post_id AND NEW.from_status IS OLD.from_status AND NEW.to_status IS OLD.to_status AND (EXISTS (SELECT 1 FROM campaign_post p WHERE p.emptied_at IS NOT NULL AND p.id = COALESCE(OLD.post_id, (SELECT d.post_id FROM campaign_delivery d WHERE d.id = OLD.delivery_id))) OR EXISTS (SELECT 1 FROM campaign_delivery d WHERE d.id = OLD.delivery_id AND d.text = ''))) BEGIN SELECT RAISE(ABORT, 'the publish log is never changed'); END;
CREATE TRIGGER campaign_attempt_kept_update BEFORE UPDATE ON campaign_attempt WHEN OLD.finished_at IS NOT NULL AND NOT (NEW.text = '' AND NEW.detail = '' AND NEW.id IS OLD.id AND NEW.delivery_id IS OLD.delivery_id AND NEW.number IS OLD.number AND NEW.part IS OLD.part AND NEW.worker IS OLD.worker AND NEW.started_at IS OLD.started_at AND NEW.finished_at IS OLD.finished_at AND NEW.outcome IS OLD.outcome AND NEW.status IS OLD.status AND NEW.remote_id IS OLD.remote_id AND NEW.url IS OLD.url AND (EXISTS (SELECT 1 FROM campaign_post p WHERE p.emptied_at IS NOT NULL AND p.id = COALESCE(NULL, (SELECT d.post_id FROM campaign_delivery d WHERE d.id = OLD.delivery_id))) OR EXISTS (SELECT 1 FROM campaign_delivery d WHERE d.id = OLD.delivery_id AND d.text = ''))) BEGIN SELECT RAISE(ABORT, 'the publish log is never changed'); END;
CREATE TRIGGER campaign_post_renamed AFTER UPDATE OF title, key ON campaign_post WHEN (NEW.title <> OLD.title OR NEW.key <> OLD.key) BEGIN DELETE FROM campaign_delivery_words WHERE rowid IN (SELECT id FROM campaign_delivery WHERE post_id = NEW.id); INSERT INTO campaign_delivery_words (rowid, words) SELECT r.id, replace(replace(replace(replace(r.text || ' ' || COALESCE((SELECT title || ' ' || key FROM campaign_post WHERE id = r.post_id), ''), 'œ', 'oe'), 'Œ', 'oe'), 'æ', 'ae'), 'Æ', 'ae') FROM campaign_delivery r WHERE r.post_id = NEW.id; DELETE FROM campaign_event_words WHERE rowid IN (SELECT id FROM campaign_event WHERE post_id = NEW.id); INSERT INTO campaign_event_words (rowid, words) SELECT r.id, replace(replace(replace(replace(r.reason || ' ' || COALESCE((SELECT title || ' ' || key FROM campaign_post WHERE id = r.post_id), ''), 'œ', 'oe'), 'Œ', 'oe'), 'æ', 'ae'), 'Æ', 'ae') FROM campaign_event r WHERE r.post_id = NEW.id AND (r.reason <> '' OR r.post_id IS NOT NULL); END;
CREATE INDEX "campaign_leftover_storyteller_id_6bf443c7" ON "campaign_leftover" ("storyteller_id");
CREATE INDEX "campaign_calledwrong_by_id_48d9c51c" ON "campaign_calledwrong" ("by_id");
CREATE INDEX "campaign_calledwrong_post_id_d3b9f33c" ON "campaign_calledwrong" ("post_id");
CREATE INDEX "called_wrong_at" ON "campaign_calledwrong" ("at");
CREATE INDEX "campaign_consent_storyteller_id_0757c23e" ON "campaign_consent" ("storyteller_id");
CREATE INDEX "campaign_finalword_consent_id_61d30fa8" ON "campaign_finalword" ("consent_id");
CREATE INDEX "campaign_finalword_delivery_id_41379b71" ON "campaign_finalword" ("delivery_id");
CREATE INDEX "word_on_a_text" ON "campaign_finalword" ("delivery_id", "consent_id", "fingerprint");
CREATE UNIQUE INDEX "one_record_a_form" ON "campaign_storyteller" ("form") WHERE "form" IS NOT NULL;
CREATE INDEX "campaign_storyteller_link_digest_64efdacb" ON "campaign_storyteller" ("link_digest");
CREATE INDEX "stories_aside" ON "campaign_storyteller" ("made_at") WHERE "is_aside";
CREATE UNIQUE INDEX "one_raised_hand_a_person" ON "campaign_hand" ("storyteller_id") WHERE "in_touch_at" IS NULL;
CREATE UNIQUE INDEX "one_raised_hand_a_post" ON "campaign_hand" ("post_id") WHERE "in_touch_at" IS NULL;
CREATE INDEX "campaign_hand_post_id_abd5eec9" ON "campaign_hand" ("post_id");
CREATE INDEX "campaign_hand_storyteller_id_cc4e3a60" ON "campaign_hand" ("storyteller_id");
CREATE INDEX "hands_up" ON "campaign_hand" ("raised_at") WHERE "in_touch_at" IS NULL;
CREATE INDEX "campaign_allowance_by_id_f6000ba4" ON "campaign_allowance" ("by_id");
CREATE INDEX "campaign_allowance_delivery_id_258c89d1" ON "campaign_allowance" ("delivery_id");
CREATE INDEX "campaign_shared_by_id_690e1f1f" ON "campaign_shared" ("by_id");
CREATE INDEX "campaign_shared_confirmed_by_id_8aa0d6bd" ON "campaign_shared" ("confirmed_by_id");
CREATE UNIQUE INDEX "one_series_a_form" ON "campaign_series" ("form") WHERE "form" IS NOT NULL;
CREATE INDEX campaign_post_series_id ON campaign_post (series_id);
CREATE INDEX "campaign_series_by_id_9bcae26b" ON "campaign_series" ("by_id");
CREATE TRIGGER campaign_post_words_insert AFTER INSERT ON campaign_post  BEGIN DELETE FROM campaign_post_words WHERE rowid = NEW.id; INSERT INTO campaign_post_words (rowid, words) SELECT r.id, replace(replace(replace(replace(r.title || ' ' || r.key || ' ' || r.storyteller || ' ' || COALESCE((SELECT v.source FROM campaign_version v WHERE v.post_id = r.id ORDER BY v.number DESC LIMIT 1), ''), 'œ', 'oe'), 'Œ', 'oe'), 'æ', 'ae'), 'Æ', 'ae') FROM campaign_post r WHERE r.id = NEW.id; END;
CREATE TRIGGER campaign_post_words_update AFTER UPDATE OF title, key, storyteller ON campaign_post WHEN NEW.title IS NOT OLD.title OR NEW.key IS NOT OLD.key OR NEW.storyteller IS NOT OLD.storyteller BEGIN DELETE FROM campaign_post_words WHERE rowid = NEW.id; INSERT INTO campaign_post_words (rowid, words) SELECT r.id, replace(replace(replace(replace(r.title || ' ' || r.key || ' ' || r.storyteller || ' ' || COALESCE((SELECT v.source FROM campaign_version v WHERE v.post_id = r.id ORDER BY v.number DESC LIMIT 1), ''), 'œ', 'oe'), 'Œ', 'oe'), 'æ', 'ae'), 'Æ', 'ae') FROM campaign_post r WHERE r.id = NEW.id; END;
CREATE TRIGGER campaign_post_words_delete AFTER DELETE ON campaign_post  BEGIN DELETE FROM campaign_post_words WHERE rowid = OLD.id; END;
CREATE TRIGGER campaign_version_words_insert AFTER INSERT ON campaign_version  BEGIN DELETE FROM campaign_post_words WHERE rowid = NEW.post_id; INSERT INTO campaign_post_words (rowid, words) SELECT r.id, replace(replace(replace(replace(r.title || ' ' || r.key || ' ' || r.storyteller || ' ' || COALESCE((SELECT v.source FROM campaign_version v WHERE v.post_id = r.id ORDER BY v.number DESC LIMIT 1), ''), 'œ', 'oe'), 'Œ', 'oe'), 'æ', 'ae'), 'Æ', 'ae') FROM campaign_post r WHERE r.id = NEW.post_id; END;
CREATE TRIGGER campaign_version_words_update AFTER UPDATE OF source ON campaign_version WHEN NEW.source IS NOT OLD.source BEGIN DELETE FROM campaign_post_words WHERE rowid = NEW.post_id; INSERT INTO campaign_post_words (rowid, words) SELECT r.id, replace(replace(replace(replace(r.title || ' ' || r.key || ' ' || r.storyteller || ' ' || COALESCE((SELECT v.source FROM campaign_version v WHERE v.post_id = r.id ORDER BY v.number DESC LIMIT 1), ''), 'œ', 'oe'), 'Œ', 'oe'), 'æ', 'ae'), 'Æ', 'ae') FROM campaign_post r WHERE r.id = NEW.post_id; END;
CREATE TRIGGER campaign_version_words_delete AFTER DELETE ON campaign_version  BEGIN DELETE FROM campaign_post_words WHERE rowid = OLD.post_id; INSERT INTO campaign_post_words (rowid, words) SELECT r.id, replace(replace(replace(replace(r.title || ' ' || r.key || ' ' || r.storyteller || ' ' || COALESCE((SELECT v.source FROM campaign_version v WHERE v.post_id = r.id ORDER BY v.number DESC LIMIT 1), ''), 'œ', 'oe'), 'Œ', 'oe'), 'æ', 'ae'), 'Æ', 'ae') FROM campaign_post r WHERE r.id = OLD.post_id; END;
CREATE UNIQUE INDEX "closed_once_at_a_time" ON "campaign_closing" ("campaign") WHERE "opened_at" IS NULL;
CREATE INDEX "campaign_closing_by_id_2aa1951e" ON "campaign_closing" ("by_id");
CREATE INDEX "campaign_closing_opened_by_id_e56efcec" ON "campaign_closing" ("opened_by_id");
CREATE INDEX "campaign_evergreen_made_by_id_712ed39a" ON "campaign_evergreen" ("made_by_id");
CREATE INDEX "campaign_variant_added_by_id_ecf72299" ON "campaign_variant" ("added_by_id");
CREATE INDEX "campaign_variant_allowed_by_id_00afd287" ON "campaign_variant" ("allowed_by_id");
CREATE INDEX "campaign_variant_evergreen_id_204039f1" ON "campaign_variant" ("evergreen_id");
CREATE INDEX "campaign_repetition_evergreen_id_4db5bcfc" ON "campaign_repetition" ("evergreen_id");
CREATE INDEX "campaign_repetition_post_id_1a4b889b" ON "campaign_repetition" ("post_id");
CREATE INDEX "campaign_repetition_variant_id_3e4d1fc5" ON "campaign_repetition" ("variant_id");
CREATE INDEX "campaign_correction_first_id_b27316e4" ON "campaign_correction" ("first_id");
CREATE INDEX "campaign_replacement_correction_id_2a972dc7" ON "campaign_replacement" ("correction_id");
CREATE INDEX "mfa_authenticator_user_id_0c3a50c0" ON "mfa_authenticator" ("user_id");
CREATE UNIQUE INDEX "unique_authenticator_type" ON "mfa_authenticator" ("user_id", "type") WHERE "type" IN ('totp', 'recovery_codes');
CREATE INDEX "django_session_expire_date_a5c62663" ON "django_session" ("expire_date");
COMMIT;

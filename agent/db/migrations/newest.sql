CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL,
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

CREATE TABLE audit_event (
	seq INTEGER NOT NULL,
	subject VARCHAR(16) NOT NULL,
	subject_id VARCHAR(80) NOT NULL,
	event VARCHAR(32) NOT NULL,
	actor VARCHAR(64) NOT NULL,
	at DATETIME NOT NULL,
	detail JSON NOT NULL,
	previous_hash VARCHAR(64) NOT NULL,
	hash VARCHAR(64) NOT NULL,
	PRIMARY KEY (seq)
);

CREATE TRIGGER audit_event_in_turn BEFORE INSERT ON audit_event
        WHEN NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM audit_event)
        BEGIN SELECT RAISE(ABORT, 'audit events are append-only'); END;

CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON audit_event BEGIN SELECT RAISE(ABORT, 'audit events are append-only'); END;

CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event BEGIN SELECT RAISE(ABORT, 'audit events are append-only'); END;

CREATE INDEX ix_audit_event_subject_id ON audit_event (subject_id);

CREATE TABLE briefing (
	store_id VARCHAR(64) NOT NULL,
	briefing_on DATE NOT NULL,
	status VARCHAR(16) NOT NULL,
	created_at DATETIME NOT NULL,
	channel_id VARCHAR(64) NOT NULL,
	ts VARCHAR(32) NOT NULL,
	receipt_id VARCHAR(40),
	document JSON,
	PRIMARY KEY (store_id, briefing_on)
);

CREATE TABLE channel (
	channel_id VARCHAR(64) NOT NULL,
	name VARCHAR(200) NOT NULL,
	stores JSON NOT NULL,
	PRIMARY KEY (channel_id)
);

CREATE TABLE conversation (
	thread_id VARCHAR(200) NOT NULL,
	channel_id VARCHAR(64) NOT NULL,
	thread_ts VARCHAR(32) NOT NULL,
	started_by VARCHAR(64) NOT NULL,
	started_at DATETIME NOT NULL,
	PRIMARY KEY (thread_id)
);

CREATE TABLE delegation (
	id VARCHAR(40) NOT NULL,
	from_user_id VARCHAR(64) NOT NULL,
	to_user_id VARCHAR(64) NOT NULL,
	starts_at DATETIME NOT NULL,
	ends_at DATETIME NOT NULL,
	made_by VARCHAR(64) NOT NULL,
	made_at DATETIME NOT NULL,
	PRIMARY KEY (id)
);

CREATE INDEX ix_delegation_to_user_id ON delegation (to_user_id);

CREATE TABLE followup (
	proposal_id VARCHAR(40) NOT NULL,
	due VARCHAR(16) NOT NULL,
	store_id VARCHAR(64) NOT NULL,
	due_at DATETIME NOT NULL,
	status VARCHAR(16) NOT NULL,
	verdict VARCHAR(16) NOT NULL,
	claimed_at DATETIME,
	measured_at DATETIME,
	forecast JSON,
	document JSON,
	receipt_id VARCHAR(40),
	channel_id VARCHAR(64) NOT NULL,
	ts VARCHAR(32) NOT NULL,
	PRIMARY KEY (proposal_id, due)
);

CREATE INDEX followup_due ON followup (status, due_at);

CREATE INDEX followup_store ON followup (store_id, due_at);

CREATE TABLE inbound_message (
	team_id VARCHAR(64) NOT NULL,
	channel_id VARCHAR(64) NOT NULL,
	ts VARCHAR(32) NOT NULL,
	event_id VARCHAR(64) NOT NULL,
	user_id VARCHAR(64) NOT NULL,
	thread_ts VARCHAR(32) NOT NULL,
	text TEXT NOT NULL,
	status VARCHAR(16) NOT NULL,
	received_at DATETIME NOT NULL,
	answered_at DATETIME,
	receipt_id VARCHAR(40),
	PRIMARY KEY (team_id, channel_id, ts),
	UNIQUE (event_id)
);

CREATE TABLE member (
	user_id VARCHAR(64) NOT NULL,
	role VARCHAR(32) NOT NULL,
	name VARCHAR(200) NOT NULL,
	stores JSON NOT NULL,
	approve_limit_minor BIGINT,
	active BOOLEAN NOT NULL,
	PRIMARY KEY (user_id)
);

CREATE TABLE outbound_repeat (
	message_id VARCHAR(64) NOT NULL,
	count INTEGER NOT NULL,
	last_at FLOAT NOT NULL,
	PRIMARY KEY (message_id)
);

CREATE TABLE posted_message (
	channel_id VARCHAR(64) NOT NULL,
	ts VARCHAR(32) NOT NULL,
	subject VARCHAR(16) NOT NULL,
	subject_id VARCHAR(80) NOT NULL,
	rendered VARCHAR(64) NOT NULL,
	posted_at DATETIME NOT NULL,
	PRIMARY KEY (channel_id, ts)
);

CREATE INDEX posted_message_subject ON posted_message (subject, subject_id);

CREATE TABLE "proposal" (
	id VARCHAR(40) NOT NULL,
	kind VARCHAR(32) NOT NULL,
	store_id VARCHAR(64) NOT NULL,
	status VARCHAR(16) NOT NULL,
	payload JSON NOT NULL,
	payload_sha256 VARCHAR(64) NOT NULL,
	natural_key VARCHAR(64) NOT NULL,
	target_key VARCHAR(200) NOT NULL,
	"before" JSON NOT NULL,
	impact_minor BIGINT NOT NULL,
	currency VARCHAR(3) NOT NULL,
	proposed_by VARCHAR(64) NOT NULL,
	proposed_at DATETIME NOT NULL,
	expires_at DATETIME NOT NULL,
	thread_id VARCHAR(200) NOT NULL,
	tool_call_id VARCHAR(120) NOT NULL,
	channel_id VARCHAR(64) NOT NULL,
	decided_by VARCHAR(64),
	decided_at DATETIME,
	decision_reason TEXT NOT NULL,
	outcome JSON,
	pos_reference VARCHAR(200) NOT NULL,
	undoes VARCHAR(40),
	reverts_at DATETIME,
	revert_state VARCHAR(16) NOT NULL,
	receipt_id VARCHAR(40),
	first_approved_by VARCHAR(64),
	impact_known BOOLEAN DEFAULT 1 NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT proposal_once_per_call UNIQUE (thread_id, tool_call_id)
);

CREATE UNIQUE INDEX proposal_one_pending ON proposal (natural_key) WHERE status = 'pending';

CREATE INDEX proposal_status ON proposal (status, expires_at);

CREATE INDEX proposal_target ON proposal (target_key, proposed_at);

CREATE TABLE receipt (
	receipt_id VARCHAR(40) NOT NULL,
	kind VARCHAR(16) NOT NULL,
	created_at DATETIME NOT NULL,
	user_id VARCHAR(64) NOT NULL,
	thread_id VARCHAR(200) NOT NULL,
	document JSON NOT NULL,
	PRIMARY KEY (receipt_id)
);

CREATE TABLE store_task (
	id VARCHAR(40) NOT NULL,
	"key" VARCHAR(64) NOT NULL,
	store_id VARCHAR(64) NOT NULL,
	type VARCHAR(16) NOT NULL,
	title VARCHAR(200) NOT NULL,
	detail TEXT NOT NULL,
	place VARCHAR(120) NOT NULL,
	variant_id VARCHAR(120) NOT NULL,
	product VARCHAR(300) NOT NULL,
	assignee_role VARCHAR(32) NOT NULL,
	assignee_id VARCHAR(64) NOT NULL,
	assignee_name VARCHAR(200) NOT NULL,
	due_at DATETIME,
	status VARCHAR(16) NOT NULL,
	created_at DATETIME NOT NULL,
	closed_at DATETIME,
	closed_by VARCHAR(64) NOT NULL,
	closed_key VARCHAR(64) NOT NULL,
	list_item VARCHAR(64) NOT NULL,
	PRIMARY KEY (id),
	UNIQUE ("key")
);

CREATE INDEX store_task_open ON store_task (store_id, status, due_at);

CREATE TABLE weekly_digest (
	channel_id VARCHAR(64) NOT NULL,
	monday DATE NOT NULL,
	status VARCHAR(16) NOT NULL,
	claimed_at DATETIME NOT NULL,
	document JSON,
	ts VARCHAR(32) NOT NULL,
	PRIMARY KEY (channel_id, monday)
);

INSERT INTO alembic_version (version_num) VALUES ('0005');

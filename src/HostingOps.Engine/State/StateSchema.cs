namespace HostingOps.Engine.State;

/// <summary>The tables, as the steps that lead from each version to the next. Steps are only ever added.</summary>
internal static class StateSchema
{
    /// <summary>PRAGMA application_id of our databases: "HOPS" in ASCII.</summary>
    public const long ApplicationId = 0x484F5053;

    /// <summary>The version this code reads and writes, in PRAGMA user_version.</summary>
    public static int Version => Steps.Count;

    /// <summary>Step n leads from version n to n + 1.</summary>
    public static IReadOnlyList<string> Steps { get; } =
    [
        """
        CREATE TABLE operations (
            id TEXT NOT NULL PRIMARY KEY,
            kind TEXT NOT NULL,
            operator TEXT NOT NULL,
            inventory_path TEXT,
            zone TEXT NOT NULL,
            zone_id TEXT,
            endpoint_url TEXT,
            undo_of TEXT,
            started_at TEXT NOT NULL
        ) STRICT;

        CREATE INDEX operations_by_start ON operations (started_at, id);

        CREATE TABLE operation_sites (
            operation_id TEXT NOT NULL REFERENCES operations (id),
            site_name TEXT NOT NULL,
            position INTEGER NOT NULL,
            kind TEXT NOT NULL,
            from_host TEXT,
            to_host TEXT,
            overrides TEXT,
            plan_json TEXT NOT NULL,
            outcome TEXT NOT NULL,
            reason TEXT NOT NULL,
            error_id TEXT,
            result_json TEXT,
            ended_at TEXT,
            PRIMARY KEY (operation_id, site_name)
        ) STRICT;

        CREATE TABLE entries (
            sequence INTEGER NOT NULL PRIMARY KEY,
            operation_id TEXT NOT NULL,
            site_name TEXT NOT NULL,
            step TEXT NOT NULL,
            moment TEXT NOT NULL,
            at TEXT NOT NULL,
            detail TEXT,
            data_json TEXT,
            covers BLOB,
            previous_hash BLOB NOT NULL,
            hash BLOB NOT NULL,
            FOREIGN KEY (operation_id, site_name) REFERENCES operation_sites (operation_id, site_name)
        ) STRICT;

        CREATE INDEX entries_by_site ON entries (operation_id, site_name, sequence);
        CREATE INDEX entries_by_step ON entries (step, moment, at);

        CREATE TABLE journal_head (
            id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
            entry_count INTEGER NOT NULL,
            hash BLOB NOT NULL
        ) STRICT;

        INSERT INTO journal_head (id, entry_count, hash) VALUES (1, 0, zeroblob(32));

        CREATE TABLE pauses (
            zone TEXT NOT NULL,
            site_name TEXT NOT NULL,
            operator TEXT NOT NULL,
            reason TEXT NOT NULL,
            since TEXT NOT NULL,
            until TEXT,
            PRIMARY KEY (zone, site_name)
        ) STRICT;

        CREATE TABLE leases (
            lease INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
            zone TEXT NOT NULL,
            site_name TEXT NOT NULL,
            operation_id TEXT NOT NULL,
            holder TEXT NOT NULL,
            process_space TEXT NOT NULL,
            process_id INTEGER NOT NULL,
            process_birth TEXT NOT NULL,
            acquired_at TEXT NOT NULL,
            expires_at TEXT NOT NULL,
            UNIQUE (zone, site_name)
        ) STRICT;
        """,

        // Operations on the apex have plans and steps of their own, and no sites.
        """
        CREATE TABLE apex_operations (
            id TEXT NOT NULL PRIMARY KEY,
            kind TEXT NOT NULL,
            operator TEXT NOT NULL,
            inventory_path TEXT,
            allocation_id TEXT NOT NULL,
            public_ip TEXT NOT NULL,
            region TEXT NOT NULL,
            endpoint_url TEXT,
            started_at TEXT NOT NULL,
            plan_json TEXT NOT NULL,
            outcome TEXT,
            reason TEXT,
            error_id TEXT,
            result_json TEXT,
            ended_at TEXT
        ) STRICT;

        CREATE INDEX apex_operations_by_address ON apex_operations (allocation_id, started_at);

        CREATE TABLE apex_entries (
            sequence INTEGER NOT NULL PRIMARY KEY,
            operation_id TEXT NOT NULL REFERENCES apex_operations (id),
            step TEXT NOT NULL,
            moment TEXT NOT NULL,
            at TEXT NOT NULL,
            detail TEXT,
            data_json TEXT,
            covers BLOB,
            previous_hash BLOB NOT NULL,
            hash BLOB NOT NULL
        ) STRICT;

        CREATE INDEX apex_entries_by_operation ON apex_entries (operation_id, sequence);

        CREATE TABLE apex_head (
            id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
            entry_count INTEGER NOT NULL,
            hash BLOB NOT NULL
        ) STRICT;

        INSERT INTO apex_head (id, entry_count, hash) VALUES (1, 0, zeroblob(32));
        """,

        // Changes of a zone's records that are not a site's failover: sync, import, undo.
        """
        CREATE TABLE zone_operations (
            id TEXT NOT NULL PRIMARY KEY,
            kind TEXT NOT NULL,
            operator TEXT NOT NULL,
            inventory_path TEXT,
            zone TEXT NOT NULL,
            zone_id TEXT NOT NULL,
            endpoint_url TEXT,
            checksum TEXT NOT NULL,
            started_at TEXT NOT NULL,
            plan_json TEXT NOT NULL,
            outcome TEXT,
            reason TEXT,
            error_id TEXT,
            result_json TEXT,
            ended_at TEXT
        ) STRICT;

        CREATE INDEX zone_operations_by_plan ON zone_operations (zone_id, checksum, started_at);

        CREATE TABLE zone_entries (
            sequence INTEGER NOT NULL PRIMARY KEY,
            operation_id TEXT NOT NULL REFERENCES zone_operations (id),
            step TEXT NOT NULL,
            moment TEXT NOT NULL,
            at TEXT NOT NULL,
            detail TEXT,
            data_json TEXT,
            covers BLOB,
            previous_hash BLOB NOT NULL,
            hash BLOB NOT NULL
        ) STRICT;

        CREATE INDEX zone_entries_by_operation ON zone_entries (operation_id, sequence);

        CREATE TABLE zone_head (
            id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
            entry_count INTEGER NOT NULL,
            hash BLOB NOT NULL
        ) STRICT;

        INSERT INTO zone_head (id, entry_count, hash) VALUES (1, 0, zeroblob(32));
        """,

        // Dynamic records: what is remembered between runs, the uplink in use, and what was written.
        """
        CREATE TABLE dynamic_dns (
            zone_id TEXT NOT NULL,
            record TEXT NOT NULL,
            family TEXT NOT NULL,
            candidate TEXT,
            candidate_count INTEGER,
            candidate_since TEXT,
            known TEXT,
            PRIMARY KEY (zone_id, record, family)
        ) STRICT;

        CREATE TABLE dynamic_dns_uplinks (
            zone_id TEXT NOT NULL,
            record TEXT NOT NULL,
            uplink TEXT,
            pending_json TEXT,
            PRIMARY KEY (zone_id, record)
        ) STRICT;

        CREATE TABLE dynamic_dns_history (
            sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
            zone_id TEXT NOT NULL,
            record TEXT NOT NULL,
            family TEXT NOT NULL,
            from_address TEXT,
            to_address TEXT,
            started_at TEXT NOT NULL,
            ended_at TEXT,
            may_have_written INTEGER NOT NULL,
            result_json TEXT
        ) STRICT;

        CREATE INDEX dynamic_dns_history_by_record ON dynamic_dns_history (zone_id, record, family, started_at);
        """,

        // What people are told: incidents, and the outbox with a row for each alert and channel.
        """
        CREATE TABLE incidents (
            id TEXT NOT NULL PRIMARY KEY,
            scope TEXT NOT NULL,
            cause TEXT NOT NULL,
            subject TEXT NOT NULL,
            opened_at TEXT NOT NULL,
            closed_at TEXT,
            entry_json TEXT NOT NULL
        ) STRICT;

        CREATE INDEX incidents_by_time ON incidents (scope, opened_at);
        CREATE UNIQUE INDEX incidents_open ON incidents (scope, cause, subject) WHERE closed_at IS NULL;

        CREATE TABLE alert_deliveries (
            id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
            key TEXT NOT NULL UNIQUE,
            scope TEXT NOT NULL,
            channel TEXT NOT NULL,
            incident_id TEXT NOT NULL,
            event TEXT NOT NULL,
            alert_json TEXT NOT NULL,
            inventory_path TEXT,
            posted_at TEXT NOT NULL,
            outcome TEXT NOT NULL,
            attempts INTEGER NOT NULL,
            due_at TEXT NOT NULL,
            claimed_until TEXT,
            answer TEXT,
            ended_at TEXT
        ) STRICT;

        CREATE INDEX alert_deliveries_waiting ON alert_deliveries (scope, channel, incident_id, id) WHERE outcome = 'Waiting';
        CREATE INDEX alert_deliveries_by_incident ON alert_deliveries (scope, incident_id, channel);
        """,

        // The watcher: what is held of each site on each host, which host Route 53 named last, and its runs.
        """
        CREATE TABLE watch_targets (
            zone TEXT NOT NULL,
            site_name TEXT NOT NULL,
            host_name TEXT NOT NULL,
            role TEXT NOT NULL,
            state TEXT NOT NULL,
            verdict_json TEXT NOT NULL,
            health_json TEXT,
            saved_at TEXT NOT NULL,
            PRIMARY KEY (zone, site_name, host_name)
        ) STRICT;

        CREATE TABLE watch_routing (
            zone TEXT NOT NULL,
            site_name TEXT NOT NULL,
            active_host TEXT NOT NULL,
            read_at TEXT NOT NULL,
            PRIMARY KEY (zone, site_name)
        ) STRICT;

        CREATE TABLE watch_runs (
            id TEXT NOT NULL PRIMARY KEY,
            zone TEXT NOT NULL,
            inventory_path TEXT,
            operator TEXT NOT NULL,
            process_id INTEGER NOT NULL,
            is_single INTEGER NOT NULL,
            expected_every_seconds REAL,
            began_at TEXT NOT NULL,
            seen_at TEXT NOT NULL,
            ended_at TEXT,
            ending TEXT
        ) STRICT;

        CREATE INDEX watch_runs_by_beginning ON watch_runs (began_at);
        """,

        // Where a watcher that lives can be asked.
        """
        ALTER TABLE watch_runs ADD COLUMN endpoint TEXT;
        """,

        // What is held of a host is held of the machine that its name led to.
        """
        ALTER TABLE watch_targets ADD COLUMN leads_to TEXT;
        """,
    ];
}

/** The database's versions in order: each is applied once, in a transaction. SQL at PostgreSQL 15's level. */

/** What brings a database from the version before to this one. */
export interface Migration {
  readonly version: number;
  readonly statements: readonly string[];
}

/**
 * Waits for the turn to write, until the transaction ends. On a server every transaction begins so, in whichever process; the
 * embedded database has one connection, which is never waited for here.
 */
export const transactionTurn = "select pg_advisory_xact_lock(5678301)";

export const migrations: readonly Migration[] = [
  {
    version: 1,
    statements: [
      `create table images (
        id text primary key,
        patient_id text not null,
        file_name text not null,
        format text not null check (format in ('dicom', 'png', 'jpeg')),
        pixel_hash text not null unique,
        colourfulness real not null,
        width integer not null,
        height integer not null,
        modality text,
        origin text not null check (origin in ('internal', 'external')),
        label text,
        entity text,
        region text,
        age_years real,
        sex text,
        site text,
        position text,
        imported_at timestamptz not null default now()
      )`,
      "create index images_patient on images (patient_id)",
      `create table duplicates (
        id text primary key,
        image_id text not null references images (id),
        file_name text not null
      )`,
      `create table quarantine (
        id text primary key,
        file_name text not null,
        code text not null,
        detail text not null,
        set_aside_at timestamptz not null default now()
      )`,
      `create table runs (
        id text primary key,
        system text not null,
        state text not null check (state in ('running', 'finished', 'failed')),
        settings text not null,
        fingerprint text not null,
        metrics text,
        created_at timestamptz not null default clock_timestamp(),
        finished_at timestamptz
      )`,
      "create index runs_system on runs (system, state)",
    ],
  },
  {
    version: 2,
    statements: [
      "alter table images add column source_patient_id text",
      "create index images_source_patient on images (source_patient_id)",
      "alter table images add column name_folder text",
      "alter table quarantine add column path_hash text",
      "create index quarantine_path on quarantine (path_hash)",
    ],
  },
  {
    version: 3,
    statements: [
      "alter table images add column file_id text",
      "update images set file_id = id",
      "alter table images alter column file_id set not null",
      "create index images_file on images (file_id)",
      "alter table images add column exposure integer",
      "alter table images add column sop_instance_uid text",
      "create index images_sop_instance on images (sop_instance_uid)",
      "alter table images add column study_instance_uid text",
      "create index images_study_instance on images (study_instance_uid)",
      "alter table images add column series_instance_uid text",
      "create index images_series_instance on images (series_instance_uid)",
      "alter table images add column acquisition_date text",
      "alter table images add column view_position text",
      "alter table images add column body_part text",
      "alter table images add column laterality text",
      "alter table images add column manufacturer text",
      "alter table images add column perceptual_hash text",
      "alter table images add column geometry text",
      "alter table images add column near_duplicate_of text references images (id)",
    ],
  },
  {
    version: 4,
    statements: [
      `create table table_imports (
        id text primary key,
        table_name text not null,
        file_hash text not null,
        mapping text not null,
        as_of text not null,
        rows integer not null,
        state text not null check (state in ('current', 'replaced')),
        imported_at timestamptz not null default clock_timestamp()
      )`,
      "create index table_imports_table on table_imports (table_name)",
      `create table table_rows (
        import_id text not null references table_imports (id) on delete cascade,
        line integer not null,
        row_values text not null,
        primary key (import_id, line)
      )`,
      `create table patients (
        id text primary key,
        sex text check (sex in ('female', 'male', 'other')),
        birth_date text,
        death_date text,
        origin text check (origin in ('internal', 'external'))
      )`,
      `create table cases (
        id text primary key,
        patient_id text not null references patients (id),
        preliminary_entity text,
        final_entity text,
        diagnosis_date text,
        site text,
        record text not null
      )`,
      "create index cases_patient on cases (patient_id)",
      `create table treatments (
        case_id text not null references cases (id),
        number integer not null,
        kind text not null,
        detail text,
        start_date text,
        end_date text,
        primary key (case_id, number)
      )`,
      `create table follow_ups (
        case_id text not null references cases (id),
        number integer not null,
        visit_date text,
        months double precision,
        status text not null,
        primary key (case_id, number)
      )`,
      `create table cell_findings (
        id text primary key,
        import_id text not null references table_imports (id) on delete cascade,
        rule text not null,
        action text not null check (action in ('changed', 'doubted', 'dropped')),
        table_name text not null,
        line integer not null,
        column_name text not null,
        original text not null,
        value text,
        decision text not null check (decision in ('open', 'accepted', 'corrected')),
        decided_by text,
        decided_at timestamptz,
        decided_value text
      )`,
      "create index cell_findings_import on cell_findings (import_id)",
      `create table spelling_changes (
        import_id text not null references table_imports (id) on delete cascade,
        number integer not null,
        column_name text not null,
        rule text not null,
        cells text not null,
        primary key (import_id, number)
      )`,
      `create table contradictions (
        id text primary key,
        rule text not null,
        patient_id text not null,
        case_id text,
        other_patient_id text,
        detail text not null,
        decision text not null check (decision in ('open', 'accepted', 'corrected')),
        decided_by text,
        decided_at timestamptz,
        decided_value text
      )`,
    ],
  },
  {
    version: 5,
    statements: [
      `create table reports (
        id text primary key,
        patient_id text not null,
        case_id text,
        written_on text,
        kind text check (kind in ('radiology', 'pathology', 'tumour board')),
        text text not null,
        fields text not null,
        stage text check (stage in ('untreated', 'under therapy', 'pretreated', 'postoperative')),
        fingerprint text not null,
        imported_at timestamptz not null default now()
      )`,
      "create index reports_patient on reports (patient_id)",
    ],
  },
  {
    version: 6,
    statements: [
      `create table cohorts (
        name text primary key,
        definition text not null,
        start text not null,
        flow text not null,
        members text not null,
        excluded text not null,
        built_at timestamptz not null
      )`,
      `create table splits (
        cohort text not null references cohorts (name) on delete cascade,
        name text not null,
        plan text not null,
        stratified_by text not null,
        split text not null,
        primary key (cohort, name)
      )`,
    ],
  },
  {
    version: 7,
    statements: [
      `create table pacs_instances (
        sop_instance_uid text primary key,
        source text not null,
        state text not null check (state in ('imported', 'set aside')),
        taken_at timestamptz not null default now()
      )`,
    ],
  },
  {
    version: 8,
    statements: [
      `create table image_annotations (
        image_id text not null references images (id),
        source text not null,
        annotations text not null,
        primary key (image_id, source)
      )`,
    ],
  },
  {
    version: 9,
    statements: [
      `create table jobs (
        id text primary key,
        kind text not null,
        state text not null check (state in ('waiting', 'running', 'finished', 'failed', 'cancelled')),
        settings text not null,
        progress text,
        result text,
        problem text,
        started_by text not null,
        created_at timestamptz not null,
        started_at timestamptz,
        finished_at timestamptz
      )`,
      "create index jobs_created_at on jobs (created_at)",
      `create table uploads (
        id text primary key,
        name text not null,
        bytes bigint not null,
        person_id text not null,
        uploaded_at timestamptz not null,
        kept_for text
      )`,
    ],
  },
  {
    version: 10,
    statements: [
      `create table accounts (
        id text primary key,
        login text not null unique,
        name text not null,
        role text not null check (role in ('viewer', 'annotator', 'researcher', 'administrator')),
        password_hash text,
        issuer text,
        issuer_subject text,
        created_at timestamptz not null,
        disabled_at timestamptz,
        logged_in_at timestamptz,
        unique (issuer, issuer_subject)
      )`,
      `create table sessions (
        id text primary key,
        token_hash text not null unique,
        account_id text not null references accounts (id),
        created_at timestamptz not null,
        used_at timestamptz not null,
        address text not null,
        browser text not null
      )`,
      "create index sessions_account on sessions (account_id)",
      `create table server_settings (
        name text primary key,
        value text not null
      )`,
      `create table audit_log (
        number integer primary key,
        at timestamptz not null,
        person text,
        action text not null,
        subject text,
        address text,
        outcome text not null check (outcome in ('done', 'refused', 'failed')),
        hash text not null
      )`,
      "create index audit_log_person on audit_log (person, number)",
      "create index audit_log_subject on audit_log (subject, number)",
      `create function refuse_change_of_audit_log() returns trigger language plpgsql as $$
      begin
        raise exception 'The audit log only grows.';
      end
      $$`,
      `create trigger audit_log_only_grows before update or delete on audit_log
        for each row execute function refuse_change_of_audit_log()`,
      `create trigger audit_log_is_never_emptied before truncate on audit_log
        for each statement execute function refuse_change_of_audit_log()`,
    ],
  },
  {
    version: 11,
    statements: [
      `create table clusterings (
        run_id text primary key references runs (id),
        clusters integer not null,
        images integer not null,
        made_at timestamptz not null
      )`,
      `create table cluster_members (
        clustering text not null references clusterings (run_id) on delete cascade,
        cluster integer not null,
        rank integer not null,
        image_id text not null references images (id),
        distance double precision not null,
        outlier boolean not null,
        primary key (clustering, cluster, rank)
      )`,
      `create table cluster_actions (
        number integer generated always as identity primary key,
        id text not null unique,
        clustering text not null references clusterings (run_id),
        cluster integer not null,
        reader text not null,
        reader_name text not null,
        kind text not null check (kind in ('label', 'adjudicate', 'undo')),
        label text,
        undoes text references cluster_actions (id),
        acted_at timestamptz not null,
        check ((kind = 'undo') = (label is null) and (kind = 'undo') = (undoes is not null))
      )`,
      "create index cluster_actions_clustering on cluster_actions (clustering, number)",
      `create table cluster_disclosures (
        clustering text not null references clusterings (run_id),
        cluster integer not null,
        reader text not null,
        after_action integer not null,
        primary key (clustering, cluster, reader)
      )`,
      `create table atlas_regions (
        name text primary key,
        code text not null unique,
        de text not null,
        added_by text not null,
        added_at timestamptz not null
      )`,
    ],
  },
  {
    version: 12,
    statements: [
      "alter table quarantine add column kept text check (kept in ('kept', 'unreadable', 'too large', 'store full'))",
      `create table set_aside_decisions (
        id text primary key,
        file_name text not null,
        code text not null,
        detail text not null,
        set_aside_at timestamptz not null,
        decision text not null check (decision in ('left out', 'imported', 'deleted')),
        decided_by text not null,
        decided_at timestamptz not null
      )`,
      `create table burned_in_text (
        image_id text primary key references images (id),
        found text not null,
        state text not null check (state in ('open', 'none found', 'unreadable', 'text', 'no text')),
        regions text,
        decided_by text,
        decided_at timestamptz
      )`,
      "create index burned_in_text_state on burned_in_text (state)",
      `create table near_duplicate_decisions (
        image_id text primary key references images (id),
        other_id text not null references images (id),
        decision text not null check (decision in ('confirmed', 'parted')),
        decided_by text not null,
        decided_at timestamptz not null
      )`,
      `create table pending_work (
        name text primary key,
        wanted integer not null,
        done integer not null
      )`,
      "create index cell_findings_decision on cell_findings (decision, rule)",
    ],
  },
  {
    version: 13,
    statements: [
      "alter table cases add column age_years real generated always as ((record::json ->> 'ageYears')::real) stored",
      // What a radiograph does not say of age, sex and site, its patient's tables do: of several tumours the first.
      `create view archive_images as
        select images.id, images.patient_id, images.entity, images.region, images.label, images.position,
          coalesce(images.age_years, first_case.age_years) as age_years,
          coalesce(
            case lower(trim(images.sex))
              when 'f' then 'female' when 'm' then 'male' when 'o' then 'other' when '' then null
              else lower(trim(images.sex))
            end,
            patients.sex
          ) as sex,
          coalesce(images.site, first_case.site) as site,
          images.origin, images.modality, images.view_position, images.laterality, images.body_part,
          images.manufacturer, images.acquisition_date, images.imported_at, images.format, images.width, images.height,
          images.exposure, images.near_duplicate_of
        from images
        left join patients on patients.id = images.patient_id
        left join (
          select distinct on (patient_id) patient_id, age_years, site from cases order by patient_id, id
        ) as first_case on first_case.patient_id = images.patient_id`,
    ],
  },
  {
    version: 14,
    statements: [
      `create table queries (
        id text primary key,
        file_name text not null,
        person_id text not null,
        worklist boolean not null,
        created_at timestamptz not null,
        image_id text references images (id),
        file_hash text,
        pixel_hash text,
        source_patient_id text,
        reading text not null,
        box text,
        answer text
      )`,
      "create index queries_person on queries (person_id)",
      "create sequence archive_changes",
      `create function note_archive_change() returns trigger language plpgsql as $$
      begin
        perform nextval('archive_changes');
        return null;
      end
      $$`,
      ...["images", "patients", "cases"].map(
        (table) => `create trigger ${table}_changed after insert or update or delete or truncate on ${table}
          for each statement execute function note_archive_change()`,
      ),
    ],
  },
  {
    version: 15,
    statements: [
      "alter table runs drop constraint runs_state_check",
      "alter table runs add constraint runs_state_check check (state in ('running', 'finished', 'failed', 'stopped'))",
      "alter table runs add column started_by text",
      "alter table runs add column job_id text",
      "alter table runs add column problem text",
      `create table run_epochs (
        run_id text not null references runs (id) on delete cascade,
        epoch integer not null,
        epochs integer not null,
        network integer not null,
        loss double precision not null,
        accuracy double precision not null,
        lr double precision not null,
        validation_loss double precision,
        validation_accuracy double precision,
        pictures integer not null,
        seconds double precision not null,
        primary key (run_id, epoch)
      )`,
    ],
  },
  {
    version: 16,
    statements: [
      `create trigger image_annotations_changed after insert or update or delete or truncate on image_annotations
        for each statement execute function note_archive_change()`,
    ],
  },
  {
    version: 17,
    statements: [
      // A search notes its change once, when it is through.
      `create trigger burned_in_text_changed after update on burned_in_text
        for each statement execute function note_archive_change()`,
    ],
  },
  {
    version: 18,
    statements: [
      `create table image_regions (
        image_id text primary key references images (id),
        run_id text not null references runs (id),
        region text not null,
        score real not null,
        second_region text,
        second_score real,
        known boolean not null,
        reason text,
        sorted_at timestamptz not null
      )`,
      "create index image_regions_run on image_regions (run_id)",
      // The region is what a table said, or else what the atlas sorted the radiograph as.
      `create or replace view archive_images as
        select images.id, images.patient_id, images.entity,
          coalesce(images.region, case when sorted.known then sorted.region end) as region,
          images.label, images.position,
          coalesce(images.age_years, first_case.age_years) as age_years,
          coalesce(
            case lower(trim(images.sex))
              when 'f' then 'female' when 'm' then 'male' when 'o' then 'other' when '' then null
              else lower(trim(images.sex))
            end,
            patients.sex
          ) as sex,
          coalesce(images.site, first_case.site) as site,
          images.origin, images.modality, images.view_position, images.laterality, images.body_part,
          images.manufacturer, images.acquisition_date, images.imported_at, images.format, images.width, images.height,
          images.exposure, images.near_duplicate_of,
          case when images.region is not null then 'table' when sorted.known then 'atlas' end as region_source,
          sorted.run_id as sorted_by, sorted.region as sorted_region, sorted.score as sorted_score,
          sorted.second_region as sorted_second_region, sorted.second_score as sorted_second_score,
          sorted.known as sorted_known, sorted.reason as sorted_reason
        from images
        left join patients on patients.id = images.patient_id
        left join (
          select distinct on (patient_id) patient_id, age_years, site from cases order by patient_id, id
        ) as first_case on first_case.patient_id = images.patient_id
        left join image_regions as sorted on sorted.image_id = images.id`,
      `create trigger image_regions_changed after insert or update or delete or truncate on image_regions
        for each statement execute function note_archive_change()`,
    ],
  },
  {
    version: 19,
    statements: [
      `create table cluster_splits (
        number integer generated always as identity primary key,
        id text not null unique,
        clustering text not null references clusterings (run_id),
        cluster integer not null,
        first_part integer not null,
        parts integer not null check (parts >= 2),
        reader text not null,
        reader_name text not null,
        split_at timestamptz not null,
        undone_by text,
        undone_at timestamptz,
        check ((undone_by is null) = (undone_at is null))
      )`,
      "create unique index cluster_splits_standing on cluster_splits (clustering, cluster) where undone_at is null",
      `create table member_decisions (
        number integer generated always as identity primary key,
        id text not null,
        clustering text not null references clusterings (run_id),
        cluster integer not null,
        image_id text not null references images (id),
        verdict text not null check (verdict in ('apart', 'belongs', 'open')),
        reader text not null,
        reader_name text not null,
        decided_at timestamptz not null,
        unique (id, image_id)
      )`,
      "create index member_decisions_clustering on member_decisions (clustering, number)",
      `create table atlas_guides (
        clustering text not null references clusterings (run_id),
        reader text not null,
        basis text not null,
        content text not null,
        made_at timestamptz not null,
        primary key (clustering, reader)
      )`,
    ],
  },
  {
    version: 20,
    statements: [
      // What a system measures in its epochs beside loss and accuracy, as JSON.
      "alter table run_epochs add column measures text",
    ],
  },
  {
    version: 21,
    statements: [
      `create table centres (
        id text primary key,
        public_key text not null,
        name text not null,
        address text not null,
        contact text not null,
        authority text,
        may_ask boolean not null,
        is_asked boolean not null,
        added_at timestamptz not null,
        paused_at timestamptz
      )`,
      `create table centre_questions (
        centre_id text not null references centres (id) on delete cascade,
        nonce text not null,
        asked_at timestamptz not null,
        code text not null,
        kind text not null check (kind in ('usual', 'far', 'variation')),
        primary key (centre_id, nonce)
      )`,
      "create index centre_questions_asked on centre_questions (centre_id, asked_at)",
      `create table centre_inquiries (
        query_id text primary key references queries (id) on delete cascade,
        content text not null
      )`,
    ],
  },
  {
    version: 22,
    statements: [
      // Who has the archive open on a database server, and lives: its `seen_at` is written every few seconds.
      `create table processes (
        id text primary key,
        command text not null,
        host text not null,
        pid integer not null,
        since timestamptz not null default now(),
        seen_at timestamptz not null default now()
      )`,
      // Nobody could be seen while the server was away.
      `create function process_lives(process text) returns boolean language sql stable as $$
        select exists (
          select from processes
            where id = process and greatest(seen_at, pg_postmaster_start_time()) > now() - interval '30 seconds'
        )
      $$`,
      "alter table runs add column process_id text",
      "alter table jobs add column process_id text",
      "alter table jobs add column cancel_wanted boolean not null default false",
      // A sequence shows its next number before what it counts is there to be read by others: a row comes with it.
      "create table archive_version (number bigint not null)",
      "insert into archive_version select case when is_called then last_value else 0 end from archive_changes",
      `create or replace function note_archive_change() returns trigger language plpgsql as $$
      begin
        update archive_version set number = number + 1;
        return null;
      end
      $$`,
      "drop sequence archive_changes",
      // Whoever changes these takes the turn before any row, so that two never wait for each other.
      `create function take_turn() returns trigger language plpgsql as $$
      begin
        ${transactionTurn.replace("select", "perform")};
        return null;
      end
      $$`,
      ...["images", "patients", "cases", "image_annotations", "image_regions", "burned_in_text"].map(
        (table) => `create trigger ${table}_take_turn before insert or update or delete or truncate on ${table}
          for each statement execute function take_turn()`,
      ),
    ],
  },
  {
    version: 23,
    statements: [
      // Each has its codes in a table `codes_NUMBER` of its own, so that a new one is filled while an old one is searched.
      `create table code_tables (
        number integer primary key generated always as identity,
        owner text not null unique,
        bits integer not null,
        tables integer not null,
        key_bits integer not null,
        made_at timestamptz not null default now()
      )`,
    ],
  },
  {
    version: 24,
    statements: [
      `create function said_lately(said_at timestamptz) returns boolean language sql stable as $$
        select greatest(said_at, pg_postmaster_start_time()) > now() - interval '30 seconds'
      $$`,
      `create or replace function process_lives(process text) returns boolean language sql stable as $$
        select exists (select from processes where id = process and said_lately(seen_at))
      $$`,
      // Parts of a run's work that several processes do at once, whoever comes first; each says while it works that it does.
      `create table run_pieces (
        run_id text not null references runs (id) on delete cascade,
        number integer not null,
        size integer not null,
        content text not null,
        is_made boolean not null default false,
        claim text,
        process_id text,
        said_at timestamptz,
        primary key (run_id, number)
      )`,
    ],
  },
];

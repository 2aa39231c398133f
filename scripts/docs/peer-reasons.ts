/** Why a rule of another linter is none of ours, where nothing of ours says the same. */
export const peerReasons: ReadonlyMap<string, string> = new Map(
  reasons([
    [
      'House style: names, comments, formats, what every table must have.',
      `squawk: require-table-schema require-enum-value-ordering; atlas: NM101 NM102 NM103 NM104 NM105 NM106 PG110;
       pgfence: alter-enum-no-ordering missing-application-name; migrationpilot: MP042 MP061 MP074 MP077 MP078 MP086;
       pgsafe: forbid-nullable-fk forbidden-column-type naming-convention require-columns require-comment require-not-null require-schema-qualified;
       safemigrate: enum-value-ordering-required; diesel-guard: unnamed-constraint; strong_migrations: add_index_columns; diesel-guard: wide-index;
       bytebase: collation_allowlist column_comment_convention column_maximum_character_length column_no_null column_require_default
       column_required column_type_disallow_list comment_convention encoding_allowlist index_key_number_limit
       index_primary_key_type_allowlist index_total_number_limit naming_column naming_foreign_key_convention naming_fully_qualified
       naming_index_convention naming_primary_key_convention naming_table naming_unique_key_convention statement_create_specify_schema
       statement_disallow_on_del_cascade table_comment_convention table_disallow_partition table_drop_naming_convention table_no_fk`,
    ],
    [
      'Only waiting needs a limit, which lock/no-timeout asks for; a limit on the work cancels what takes long on purpose: tx/statement-timeout.',
      `pgls: requireStatementTimeout requireIdleInTransactionTimeout; migrationpilot: MP020;
       pgfence: missing-statement-timeout missing-idle-timeout lock-timeout-too-long statement-timeout-too-long`,
    ],
    ['LOCK TABLE says what it does; what must not run behind it is lock/queue.', 'migrationpilot: MP065'],
    [
      'varchar(n) is no slower than text. To widen it is free; what narrowing does to the rows is data/lossy-cast.',
      'squawk: prefer-text-field; pgls: preferTextField; pgfence: prefer-text-field; migrationpilot: MP037; safemigrate: text-over-varchar-preferred',
    ],
    [
      'IF EXISTS also passes over what is there and is not what was meant; tools that note what they ran need none.',
      `squawk: prefer-robust-stmts; pgls: preferRobustStmts; pgsafe: require-if-exists; safemigrate: prefer-robust-stmts; migrationpilot: MP023;
       pgfence: prefer-robust-create-index prefer-robust-create-table prefer-robust-drop-index prefer-robust-drop-table; diesel-guard: idempotency-guards`,
    ],
    [
      'An enum or a constrained domain is an ordinary choice; what is done to one later is judged then.',
      `squawk: ban-create-domain-with-constraint; pgfence: ban-create-domain-with-constraint alter-enum-add-value; eugene: W13; pgls: creatingEnum avoidAlterEnumAddValue;
       migrationpilot: MP012`,
    ],
    [
      'Asks what a running database is doing, or how large it is.',
      `migrationpilot: MP013 MP014 MP019 MP075 MP090 MP101 MP102 MP103 MP104 MP110; bytebase: builtin_prior_backup_check insert_row_limit
       statement_affected_row_limit statement_dml_dry_run statement_object_owner_check statement_check_set_role_variable`,
    ],
    [
      'About the inner life of an extension.',
      'migrationpilot: MP050 MP051 MP056 MP093 MP105 MP106 MP107 MP108 MP109 MP111 MP112',
    ],
    [
      'About code in Ruby, or about what cannot be written in SQL.',
      'strong_migrations: change_table create_table execute change_column_constraint change_column_with_not_null',
    ],
    [
      'Safe: measured on the server.',
      `pgfence: add-column-constant-default add-constraint-unique-using-index validate-constraint detach-partition-concurrent;
       migrationpilot: MP048; bytebase: statement_disallow_add_column_with_default`,
    ],
    [
      'A table made with it is empty: nothing is locked or read.',
      'pgfence: create-table-exclude-constraint; migrationpilot: MP096',
    ],
    [
      'One statement or several take the same lock for as long; several are easier to read and to take back.',
      'eugene: W12; pgls: multipleAlterTable; migrationpilot: MP058; bytebase: statement_merge_alter_table',
    ],
    [
      'About queries of an application rather than changes of a schema.',
      `bytebase: insert_disallow_order_by_rand statement_no_leading_wildcard_like statement_where_disallow_functions_and_calculations
       statement_where_required_select`,
    ],
    [
      'The bodies of DO are read like the rest of the migration.',
      'migrationpilot: MP063; pgsafe: unchecked-do-block; safemigrate: analyzer-blind-on-dynamic-sql',
    ],
    [
      'A migration with data in it is told where the data is many rows: data/unbatched-backfill.',
      'migrationpilot: MP080 MP088',
    ],
    [
      'A parser says what it cannot read: run/syntax-error; every migration is replayed on the schema before it.',
      'bytebase: builtin_walk_through_check; pgfence: add-constraint-unknown-type',
    ],
    [
      'It cannot run in the transaction of a migration (tx/concurrently), nor drop the database that it runs in.',
      `squawk: ban-drop-database; pgls: banDropDatabase; pgfence: drop-database; pgsafe: drop-database; migrationpilot: MP034;
       safemigrate: drop-database-restricted; diesel-guard: drop-database`,
    ],
    [
      'Blocks only writers of the view, and there are none but other refreshes.',
      'pgls: concurrentRefreshMatviewLock; pgfence: refresh-matview-concurrent',
    ],
    ['Roles belong to the server and to whoever runs it, not to the schema that is migrated.', 'migrationpilot: MP073'],
    [
      'A subtransaction for each row costs, but nothing waits or fails by it. Many rows in one transaction are data/unbatched-backfill.',
      'migrationpilot: MP076',
    ],
    [
      'What no policy allows is refused, which is the safe side and mostly meant. No policy at all is security/rls-without-policy.',
      'migrationpilot: MP079',
    ],
    ['Whoever writes NOT ENFORCED asks for what it does: nothing is checked.', 'migrationpilot: MP082'],
    [
      'PostgreSQL 18 refuses a key of two collations of which one is nondeterministic by itself, before it reads a row.',
      'migrationpilot: MP083',
    ],
    ['Whether the role of the migration may create it, the server alone knows.', 'diesel-guard: create-extension'],
    ['Order of versions is judged by order/out-of-order.', 'atlas: non-linear'],
    ['A bug of PostgreSQL 14.0 to 14.3, not of a migration: upgrade.', 'strong_migrations: add_index_corruption'],
    [
      'Waits for a lock and for nothing else; brief locks are shown by the hover and the lock hints.',
      'pgls: avoidCreateTrigger banDropTrigger; pgfence: create-trigger drop-trigger; pgsafe: add-trigger; safemigrate: trigger-add-blocks-writes',
    ],
  ]),
);

function* reasons(groups: readonly (readonly [why: string, names: string])[]): Generator<readonly [string, string]> {
  for (const [why, names] of groups)
    for (const line of names.split(';')) {
      const [peer = '', list = ''] = line.split(':');
      for (const name of list.trim().split(/\s+/)) yield [`${peer.trim()}:${name}`, why];
    }
}

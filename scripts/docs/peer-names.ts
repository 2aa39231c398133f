/** Every rule about PostgreSQL of the linters that projects come from, by the name in their ignore comments or documentation. */
export const peerNames: Readonly<Record<string, readonly string[]>> = {
  squawk: names(`adding-field-with-default adding-foreign-key-constraint adding-not-nullable-field adding-required-field
    adding-serial-primary-key-field ban-alter-domain-with-add-constraint ban-char-field ban-concurrent-index-creation-in-transaction
    ban-create-domain-with-constraint ban-drop-column ban-drop-database ban-drop-not-null ban-drop-table ban-duplicate-column-assignments
    ban-truncate-cascade ban-uncommitted-transaction changing-column-type constraint-missing-not-valid disallowed-unique-constraint
    identifier-too-long prefer-bigint-over-int prefer-bigint-over-smallint prefer-identity prefer-repack prefer-robust-stmts
    prefer-text-field prefer-timestamp-tz renaming-column renaming-table require-concurrent-index-creation
    require-concurrent-index-deletion require-concurrent-partition-detach require-concurrent-reindex require-enum-value-ordering
    require-table-schema require-timeout-settings syntax-error transaction-nesting unused-ignore`),
  strong_migrations:
    names(`add_check_constraint add_column_auto_incrementing add_column_default add_column_default_callable
    add_column_generated_stored add_column_json add_exclusion_constraint add_foreign_key add_index add_index_columns
    add_index_corruption add_reference add_unique_constraint change_column change_column_constraint change_column_default
    change_column_null change_column_null_postgresql change_column_with_not_null change_table create_table execute remove_column
    remove_index rename_column rename_enum_value rename_schema rename_table validate_check_constraint validate_foreign_key`),
  eugene: names('E1 E2 E3 E4 E5 E6 E7 E8 E9 E10 E11 W12 W13 W14 E15'),
  atlas:
    names(`BC101 BC102 CD101 DS101 DS102 DS103 MF101 MF102 MF103 MF104 PG101 PG102 PG103 PG104 PG105 PG110 PG301 PG302 PG303
    PG304 PG305 NM101 NM102 NM103 NM104 NM105 NM106 non-linear`),
  pgls: names(`addSerialColumn addingFieldWithDefault addingForeignKeyConstraint addingNotNullField addingPrimaryKeyConstraint
    addingRequiredField avoidAddingExclusionConstraint avoidAlterEnumAddValue avoidAttachingPartition avoidCreateTrigger
    avoidEnableDisableTrigger avoidWideLockWindow banCharField banConcurrentIndexCreationInTransaction banDeleteWithoutWhere
    banDropColumn banDropDatabase banDropNotNull banDropSchema banDropTable banDropTrigger banTruncate banTruncateCascade
    banUpdateWithoutWhere banVacuumFull changingColumnType concurrentRefreshMatviewLock constraintMissingNotValid creatingEnum
    disallowUniqueConstraint lockTimeoutWarning multipleAlterTable preferBigInt preferBigintOverInt preferBigintOverSmallint
    preferIdentity preferJsonb preferRobustStmts preferTextField preferTimestamptz renamingColumn renamingTable
    requireConcurrentDetachPartition requireConcurrentIndexCreation requireConcurrentIndexDeletion requireConcurrentRefreshMatview
    requireConcurrentReindex requireIdleInTransactionTimeout requireSeparateConstraintValidation requireStatementTimeout
    runningStatementWhileHoldingAccessExclusive transactionNesting`),
  pgfence: names(`add-column-constant-default add-column-default-pre-pg11 add-column-inline-foreign-key add-column-json
    add-column-non-constant-default add-column-not-null-no-default add-column-serial add-column-stored-generated
    add-constraint-check-no-not-valid add-constraint-exclude add-constraint-fk-no-not-valid add-constraint-unique
    add-constraint-unique-using-index add-constraint-unknown-type add-pk-using-index add-pk-without-using-index
    alter-column-set-not-null alter-column-type alter-enum-add-value alter-enum-no-ordering attach-partition
    ban-alter-domain-add-constraint ban-char-field ban-create-domain-with-constraint concurrent-in-transaction
    create-index-not-concurrent create-table-exclude-constraint create-trigger delete-without-where detach-partition
    detach-partition-concurrent drop-column drop-constraint drop-database drop-index-not-concurrent drop-not-null drop-schema
    drop-table drop-trigger enable-disable-trigger fk-missing-index lock-timeout-after-dangerous-statement lock-timeout-too-long
    lock-timeout-zero missing-application-name missing-idle-timeout missing-lock-timeout missing-statement-timeout
    not-valid-validate-same-tx prefer-bigint-over-int prefer-identity prefer-robust-create-index prefer-robust-create-table
    prefer-robust-drop-index prefer-robust-drop-table prefer-text-field prefer-timestamptz refresh-matview-blocking
    refresh-matview-concurrent reindex-non-concurrent rename-column rename-schema rename-table set-logged-unlogged
    statement-after-access-exclusive statement-timeout-too-long truncate truncate-cascade unclosed-transaction update-in-migration
    vacuum-full validate-constraint wide-lock-window`),
  migrationpilot: Array.from({ length: 112 }, (_, nth) => `MP${String(nth + 1).padStart(3, '0')}`),
  pgsafe:
    names(`add-check-without-not-valid add-column-generated-stored add-column-identity add-column-not-null-no-default
    add-column-serial add-column-volatile-default add-domain-constraint-without-not-valid add-domain-not-null
    add-exclusion-constraint add-fk-without-not-valid add-index-non-concurrent add-primary-key-without-index add-trigger
    add-unique-constraint alter-column-type attach-partition concurrently-in-transaction detach-partition-non-concurrent
    drop-column drop-constraint drop-database drop-index-non-concurrent drop-not-null drop-table enum-value-used-in-transaction
    fk-without-covering-index forbid-nullable-fk forbidden-column-type identifier-too-long naming-convention
    prefer-bigint-primary-key prefer-identity prefer-jsonb refresh-matview-non-concurrent reindex-non-concurrent rename
    require-columns require-comment require-if-exists require-not-null require-primary-key require-schema-qualified require-timeout
    set-access-method set-logged-unlogged set-not-null truncate unchecked-do-block vacuum-full-cluster`),
  safemigrate: names(`access-method-change-rewrites add-non-nullable-without-default analyzer-blind-on-dynamic-sql
    bigint-over-int-preferred char-column-banned column-type-change-rewrites-table concurrent-index-create-required
    concurrent-index-drop-required concurrent-partition-detach-required concurrent-reindex-required constraint-dropped-warning
    constraint-not-valid-required drop-column-restricted drop-database-restricted drop-table-restricted
    enum-value-ordering-required identifier-too-long identity-column-add-rewrites identity-over-serial-preferred
    index-concurrent-in-transaction-banned index-no-duplicate-column not-null-dropped-warning nullable-to-non-nullable-may-fail
    pk-constraint-exclusive-lock prefer-robust-stmts refresh-matview-blocks-reads rename-column-warning rename-table-warning
    stored-generated-column-rewrites table-logging-mode-rewrites text-over-varchar-preferred timeout-settings-required
    timestamptz-over-timestamp-preferred transaction-nesting-banned trigger-add-blocks-writes truncate-cascade-banned
    uncommitted-transaction-banned unique-constraint-data-dependent unique-constraint-exclusive-lock update-delete-row-scope
    volatile-default-rewrites-table`),
  'diesel-guard': names(`add-check add-column-default add-foreign-key add-identity add-index add-unique change-type char
    create-extension create-table-serial create-table-without-pk ddl-timeouts domain-check drop-column drop-constraint drop-database
    drop-index drop-not-null drop-primary-key drop-table exclude generated idempotency-guards json missing-lock-timeout
    mutation-without-where refresh-matview reindex rename-column rename-schema rename-table serial set-not-null short-primary-key
    timestamp truncate unnamed-constraint wide-index`),
  bytebase: names(`builtin_prior_backup_check builtin_walk_through_check collation_allowlist column_comment_convention
    column_default_disallow_volatile column_disallow_changing_type column_maximum_character_length column_no_null
    column_require_default column_required column_type_disallow_list comment_convention encoding_allowlist index_create_concurrently
    index_key_number_limit index_no_duplicate_column index_primary_key_type_allowlist index_total_number_limit
    insert_disallow_order_by_rand insert_must_specify_column insert_row_limit migration_compatibility naming_column
    naming_foreign_key_convention naming_fully_qualified naming_index_convention naming_primary_key_convention naming_table
    naming_unique_key_convention statement_add_check_not_valid statement_add_fk_not_valid statement_affected_row_limit
    statement_check_set_role_variable statement_create_specify_schema statement_disallow_add_column_with_default
    statement_disallow_add_not_null statement_disallow_commit statement_disallow_on_del_cascade statement_disallow_rm_tbl_cascade
    statement_disallow_truncate statement_dml_dry_run statement_merge_alter_table statement_no_leading_wildcard_like
    statement_no_select_all statement_non_transactional statement_object_owner_check
    statement_where_disallow_functions_and_calculations statement_where_required_select statement_where_required_update_delete
    table_comment_convention table_disallow_partition table_drop_naming_convention table_no_fk table_require_pk`),
};

function names(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}

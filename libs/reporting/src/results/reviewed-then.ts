const columns = {
  reviewed_procedures: `procedure, position, registered_position, code, title, kind, "group", field, field_key, owning_unit, classification, definition_id,
    definition_version, published, publication_number, publication_on, assigned, due_on, reason, reasoned, happened`,
  review_options: `procedure, position, number, option, revision, status, type, content, documents, roadmap, before, after, saving, cut_percent, checked, approved,
    decision_number, decision_on, implemented, document_title, document_number, document_on, reason, reasoned, happened`,
} as const;

/** A table of results of reviews as it stood, to select from. @param at The position, as an expression; null for now */
export const reviewedThen = (table: keyof typeof columns, at: string | null): string =>
  at === null
    ? `views.${table}`
    : `(SELECT ${columns[table]} FROM views.${table} WHERE position <= ${at}
        UNION ALL SELECT ${columns[table]} FROM views.former_${table} WHERE position <= ${at} AND until_position > ${at})`;

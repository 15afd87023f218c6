
// --- a pattern of a path in JSON of PostgreSQL
export class TextFilter {
  contains(builder, value: string) {
    return builder.whereRaw(`??::jsonb @\\? '$[*] \\? (@ like_regex "${value}" flag "i")'`, [this.column]); // ! medium? sql-injection
  }
  equals(builder, value: string) {
    return builder.whereRaw(`jsonb_path_exists(??, '$[*] \\? (@ == $value)', ?)`, [this.column, JSON.stringify({ value })]);
  }
  begins(builder, flags: 'i' | 's') {
    return builder.whereRaw(`??::jsonb @\\? '$[*] \\? (@ like_regex "^a" flag "${flags}")'`, [this.column]);
  }
}

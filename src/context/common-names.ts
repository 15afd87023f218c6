/**
 * Names that say too little of what they mean to be looked for in a whole repository: methods of the languages' own types and
 * of the best-known libraries. What is imported or declared right there is found all the same.
 */
const COMMON = new Set(
  `get set add has delete remove put push pop shift unshift map filter reduce forEach find findIndex some every includes indexOf
slice splice join split concat sort reverse keys values entries fill flat flatMap at then catch finally resolve reject all race
any toString valueOf toJSON parse stringify log info warn warning error debug trace fatal exception exit test match replace
replaceAll trim trimStart trimEnd padStart padEnd startsWith endsWith toLowerCase toUpperCase charAt substring substr now apply
call bind emit on once off listen use send json status end write read close open next run start stop init main handle handler
execute exec query request response fetch connect commit rollback begin save create update insert upsert select from where and
or not eq ne gt gte lt lte like order orderBy limit offset first last one count exists values returning raw findOne findMany
findUnique findFirst findById findAll deleteMany updateMany createMany transaction input output mutation object string number
boolean array optional nullable default min max id name value type key data item items index length size body params headers
path url text append extend pop popitem items format strip lstrip rstrip encode decode lower upper title isdigit copy clear
setdefault len str int float bool list dict tuple super print range enumerate zip isinstance hasattr getattr setattr min max sum
abs round sorted reversed iter next type repr hash open input vars dir super property staticmethod classmethod scalar scalars
execute fetchone fetchall fetchmany cursor flush refresh rollback objects annotate aggregate values_list prefetch_related
select_related exclude order_by filter_by group_by having distinct bulk_create get_or_create Error Errorf New Wrap Is As Printf
Println Sprintf Fprintf Print Fatal Fatalf Debug Info Warn Err Scan Query QueryRow Exec QueryContext QueryRowContext ExecContext
Close Done Add Wait Lock Unlock RLock RUnlock Background WithTimeout WithCancel WithValue Value Context Next Rows Begin BeginTx
Commit Rollback Get Set Put Post Delete Header Write WriteHeader Read String Bytes Int Len Cap make append copy len cap panic
recover delete print println string int int64 int32 uint uint64 byte rune bool error any float64 float32 nil Marshal Unmarshal
Encode Decode NewDecoder NewEncoder Now Sub Unix Format Parse Duration Sleep Itoa Atoi Join Split Contains HasPrefix HasSuffix
TrimSpace Replace ToLower ToUpper Sort Slice Find First Create Save Where Model Preload Pluck Count Order Limit Offset Promise
Array Map Set Date Error String Number Boolean Object Symbol RegExp Record Partial Readonly Pick Omit Required Return Buffer
require console process JSON Math expect describe it jest self cls this`.split(/\s+/),
);

const TIMERS = /^(?:set|clear)(?:Timeout|Interval|Immediate)$/;

export function isCommon(name: string): boolean {
  return name.length < 3 || COMMON.has(name) || TIMERS.test(name);
}

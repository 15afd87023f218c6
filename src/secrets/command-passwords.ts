/** How a program takes a password on its command line. `value` begins behind what the pattern matches. */
export interface CommandPassword {
  /** The program's name, as a regular expression. */
  program: string;
  /** What stands before the password; it follows a blank, a quote or a comma. */
  before: string;
  /** The value is `user:password`, `user,password` or `user%password`: only what stands behind the sign is masked. */
  pair?: ':' | ',' | '%' | '/';
}

const GAP = '["\',]*[ \\t]*(?:\\\\\\r?\\n\\s*)?["\',=]*[ \\t]*["\']?';
const after = (flag: string): string => `(?:${flag})${GAP}`;

/** Sources: the manual pages of the programs. */
export const COMMAND_PASSWORDS: readonly CommandPassword[] = [
  { program: 'curl|wget|https?', before: after('--user|--proxy-user|-u|-U|-a|--auth'), pair: ':' },
  { program: 'wget', before: '--(?:http-|ftp-|proxy-)?password=' },
  {
    program: 'mysql|mysqldump|mysqladmin|mysqlimport|mysqlsh|mysqlshow|mariadb|mariadb-dump|mariadb-admin',
    before: '-p',
  },
  { program: 'sshpass', before: after('-p') },
  { program: 'redis-cli|valkey-cli', before: after('-a|--pass') },
  { program: 'mongo|mongosh|mongodump|mongorestore|mongoexport|mongoimport', before: after('-p') },
  {
    program: 'docker|podman|nerdctl|buildah|skopeo|helm|oras|crane|az|cf|oc|ibmcloud',
    before: `login\\b[^;|&\\n]{0,200}?[\\s"',]${after('-p|--password')}`,
  },
  { program: 'skopeo|crane', before: after('--(?:src-|dest-)?creds'), pair: ':' },
  { program: 'sqlcmd|bcp|ipmitool|zip|unzip|osql', before: after('-P') },
  { program: '7za?|7zz|rar|unrar', before: '-p' },
  { program: 'ldap(?:search|modify|add|delete|passwd|whoami)', before: after('-w') },
  { program: 'smbclient|rpcclient|mount\\.cifs|net', before: after('-U|--user'), pair: '%' },
  { program: 'lftp|lftpget', before: after('-u'), pair: ',' },
  { program: 'sqlplus|rman|exp|imp|expdp|impdp', before: '', pair: '/' },
  { program: 'ab', before: after('-A|-P'), pair: ':' },
  { program: 'openssl', before: after('-pass(?:in|out)?') + 'pass:' },
  { program: 'openssl', before: after('-k|-K') },
  { program: 'keytool|jarsigner', before: after('-(?:store|key|deststore|srcstore|destkey|srckey)pass') },
  { program: 'htpasswd', before: '-[a-zA-Z]*b[a-zA-Z]*[ \\t]+\\S+[ \\t]+\\S+[ \\t]+["\']?' },
  { program: 'mosquitto_passwd', before: '-b[ \\t]+\\S+[ \\t]+\\S+[ \\t]+["\']?' },
  { program: 'mosquitto_(?:pub|sub)', before: after('-P|--pw') },
  { program: 'rabbitmqctl', before: '(?:add_user|change_password|authenticate_user)[ \\t]+\\S+[ \\t]+["\']?' },
  {
    program: 'mc|mcli',
    before: '(?:alias|config host)[ \\t]+(?:set|add)[ \\t]+\\S+[ \\t]+\\S+[ \\t]+\\S+[ \\t]+["\']?',
  },
  { program: 'chpasswd', before: '', pair: ':' },
  { program: 'vault|bao', before: 'login[ \\t]+(?:token=)?["\']?' },
  { program: 'influx|cqlsh|isql', before: after('-password|-p') },
  { program: 'gpg2?', before: after('--passphrase') },
  { program: 'sudo', before: '-S[^|;\\n]{0,80}<<<[ \\t]*["\']?' },
  { program: 'kubectl|oc', before: '--from-literal[= \\t]+["\']?[\\w.-]{1,60}=' },
  { program: 'docker|kubectl|oc', before: '--docker-password[= \\t]+["\']?' },
];

import type { Instruction } from 'dockerfile-ast';
import type { Place } from './check.ts';
import { listShipped, listStages } from './stages.ts';

/** Programs with which an entry point gives up root, installed or called. */
const DROPS =
  /(?<![\w-])(su-exec|gosu|setpriv|runuser|setuidgid|s6-setuidgid|s6-svscan|s6-overlay\S*|s6-applyuidgid|chpst|step-down|dumb-init-su|fixuid|supervisord|supervisor)(?![\w-])|\bchroot\s+--userspec|\bsudo\s+-u\b|\bsu\s+(-\s+)?[\w.-]+\s+-c\b|\bsu\s+(-s\s+\S+\s+)?-c\b/;
/** Images whose own user is not root. */
const UNPRIVILEGED =
  /nonroot|non-root|rootless|unprivileged|chiseled|(^|\/)(bitnami|bitnamilegacy|chainguard)\/|^cgr\.dev\/|^dhi\.io\/(?!\S*-dev(?:@|$))|^scratch$|^(docker\.io\/)?(jenkins\/jenkins|grafana\/\w+|prom\/\w+|apache\/airflow|keycloak\/keycloak|quay\.io\/keycloak\/keycloak|opensearchproject\/\w+|sonarqube|solr|elasticsearch|docker\.elastic\.co\/\S+)(:|@|$)|\/ubi\d+\/(nodejs|python|go-toolset|openjdk|php|ruby|httpd|nginx)/;
/** Images whose own entry point gives up root. */
const DROP_THEMSELVES =
  /^((docker\.io|public\.ecr\.aws\/docker)\/)?(library\/)?(postgres|mysql|mariadb|percona|redis|valkey|mongo|rabbitmq|memcached|cassandra|couchdb|zookeeper|influxdb|nats|haproxy|nginx|httpd|traefik|caddy|ghost|nextcloud|wordpress|vault|consul)(:|@|$)/;
/** What those call it. */
const OWN_ENTRY = /^\[?\s*["']?(?:\/usr\/local\/bin\/)?docker-entrypoint\.sh\b/;
/** For these it gives root up, or they do so themselves; whatever else it is given keeps it. */
const OWN_PROGRAM =
  /(?<![\w-])(?:postgres|mysqld\w*|mariadbd?|redis-server|redis-sentinel|valkey-server|mongo[ds]|rabbitmq-server|memcached|cassandra|couchdb|zkServer\.sh|influxd|nats-server|haproxy|nginx\S*|httpd\S*|traefik|caddy|ghost|current\/index\.js|apache2\S*|php-fpm|consul|vault)(?![\w/-])/;
/** Servers that start as root for their port, and serve as a user of their own. */
const DROPPING =
  /^\[?\s*["']?(exec\s+)?(\/[\w/]*\/)?(apache2ctl|apachectl|apache2|httpd|apache2-foreground|nginx|haproxy)["'\s,\]]/;
/** Not a service: somebody works in it, or something is built in it. */
export const SHELL_START =
  /^(\[\s*)?["']?(\/bin\/|\/usr\/bin\/)?(ba|z|da|a)?sh["']?\s*(,\s*["']-?l?["']\s*)?(\])?$|^\[?\s*["']?(sleep|tail)\b/;
export const BUILD_START =
  /(^|\/)(build|package|release|compile|make)[\w.-]*(\.sh)?["']?\s*\]?$|^\[?\s*["']?(make|goreleaser|dpkg-\w+|rpmbuild|ls|cp|mv|cat|tar|echo|true|pytest|tox|(go|cargo|npm|yarn|pnpm)["']?,?\s+["']?(run["']?,?\s+["']?)?(test|build))(?![\w./-])/;
/** Tools that change the network of the host or the container: for root alone. */
const NETWORK = /(?<![\w-])(?:ip6?tables|nftables|wireguard-tools|wireguard-go|openvpn|strongswan)(?![\w-])/;
/** The same, where a script starts that may set a route: for a look at the network such a tool is installed as well. */
const ROUTES = /(?<![\w-])iproute2(?![\w-])/;
/** The program is given the one right that needs root: whoever starts the image can take another user, as its files have. */
const RIGHTS = /\bsetcap\b/;
/** It drives the containers of its host, starts programs for others, or keeps its own things where only root may write. */
const MEANT =
  /get\.docker\.com|(?<![\w-])(?:docker(?:-ce)?-cli|docker-ce|docker\.io|docker-compose|bubblewrap|firejail|nsjail|cron|cronie|dcron|fuse3?|cifs-utils|nfs-common)(?![\w-])|(?:^|[\s:="'])\/root\//m;
/** Ports that are for root alone where the host does not say otherwise. */
const LOW_PORT = /^(?!(?:80|443)\b)\d{1,3}(?:\/\w+)?$/;
/** It does one thing and ends: nobody reaches it. */
const ONCE = /(?:^|[\s"'/:_-])(?:migrat\w*|seed|backup|restore|cleanup)(?=$|[\s"'.:_-])/i;

/** Images of a language or a system, whose entry point gives up nothing. */
const OFFICIAL =
  /^(?:(?:docker\.io|public\.ecr\.aws\/docker)\/)?(?:library\/)?[\w.-]+(?::|@|$)|^(?:mcr\.microsoft\.com|gcr\.io\/distroless)\//;
/** There is no root on Windows. */
const WINDOWS = /windows|nanoserver/i;
const WINDOWS_START = /\.(?:cmd|exe|bat|ps1)(?![\w.])/i;
/** Daemons that open sessions for many users: each session runs as its own user, and only root can do that. */
const SESSIONS = /^\[?\s*["']?(exec\s+)?(\/[\w/]*\/)?(sshd|crond?|dockerd|systemd|postfix|dovecot|vsftpd)(?![\w-])/;

/** The start command of the last stage, when it runs as root and nothing in the file says that root is given up. */
export function findRoot(instructions: readonly Instruction[]): Place[] {
  const last = listStages(instructions).at(-1);
  if (!last || last.image === null || UNPRIVILEGED.test(last.image) || WINDOWS.test(last.image)) return [];
  const lineage = listShipped(instructions);
  const pick = (keyword: string) => lineage.findLast((one) => one.getKeyword() === keyword);
  const entry = pick('ENTRYPOINT');
  const command = pick('CMD');
  const start = entry ?? command;
  if (!start) return [];
  const user = pick('USER');
  const name = user?.getArgumentsContent()?.trim() ?? 'root';
  if (!/^["']?(root|0)["']?(:|$)/.test(name)) return [];
  const starts = [entry, command].map((one) => one?.getArgumentsContent()?.trim() ?? '');
  const own = startsOwn(last.image, starts, lineage);
  if (own === 'surely') return [];
  if (
    starts.some(
      (text) =>
        WINDOWS_START.test(text) ||
        SHELL_START.test(text) ||
        BUILD_START.test(text) ||
        SESSIONS.test(text) ||
        DROPPING.test(`${text} `),
    )
  )
    return [];
  const text = lineage.map((one) => one.getArgumentsContent() ?? '').join('\n');
  const given = /\b(?:chown|--chown=)\s*(?:-\w+\s+)*(?!root\b|0\b)[a-z_][\w-]*:/.test(text);
  if ((RIGHTS.test(text) && given) || (ROUTES.test(text) && starts.some(isScript))) return [];
  if (DROPS.test(text) || NETWORK.test(text) || (!entry && mayBeDropped(last.image, text))) return [];
  if (starts.some(entersInit) || scriptMayDrop(starts, text)) return [];
  const ports = lineage.flatMap((one) =>
    one.getKeyword() === 'EXPOSE' ? (one.getArgumentsContent() ?? '').trim().split(/\s+/) : [],
  );
  const suspected =
    own === 'perhaps' ||
    MEANT.test(text) ||
    // Installed in a stage of which this one takes files.
    instructions.some((one) => DROPS.test(one.getArgumentsContent() ?? '')) ||
    (ports.some((port) => LOW_PORT.test(port)) && ports.every((port) => Number.parseInt(port, 10) < 1024)) ||
    starts.some((one) => ONCE.test(lastOf(one)));
  // `USER root` of this stage is what to change; one that was inherited stands far from the start.
  return [{ instruction: user && last.instructions.includes(user) ? user : start, values: {}, suspected }];
}

/** What a shell runs at the end: `migrate && serve` goes on. */
function lastOf(start: string): string {
  return start.split(/&&|;/).at(-1) ?? '';
}

/** Whether an image of a server starts its own server by its own script; `perhaps`: by a script that this file brings. */
function startsOwn(
  image: string,
  [entry = '', command = '']: readonly string[],
  lineage: readonly Instruction[],
): 'surely' | 'perhaps' | 'no' {
  if (!DROP_THEMSELVES.test(image) || (entry !== '' && !OWN_ENTRY.test(entry))) return 'no';
  const rest = `${entry.replace(OWN_ENTRY, '')} ${command}`.replace(/["'[\],]+/g, ' ').trim();
  const isReplaced = lineage.some(
    (one) =>
      /^(?:COPY|ADD)$/.test(one.getKeyword()) && /docker-entrypoint\.sh(?![\w.])/.test(one.getArgumentsContent() ?? ''),
  );
  if (rest === '' || rest.startsWith('-') || OWN_PROGRAM.test(rest)) return isReplaced ? 'perhaps' : 'surely';
  return isScript(rest) ? 'perhaps' : 'no';
}

/** s6 and the like start as root on purpose, and each service as its own user. */
function entersInit(entry: string): boolean {
  return /^\[?\s*["']?(\/init|\/sbin\/init|\/sbin\/my_init|\/usr\/sbin\/init)["']?/.test(entry);
}

function isScript(start: string): boolean {
  return /[\w-]\.sh["'\s\]]|[\w-]\.sh$|entrypoint/i.test(start);
}

/** A script starts, and a user is made for whom it may start the service: what it does is not in this file. */
function scriptMayDrop(starts: readonly string[], text: string): boolean {
  return starts.some(isScript) && /\b(adduser|useradd|addgroup|groupadd|usermod|groupmod)\b|\bP?[UG]ID=/.test(text);
}

/** Somebody's image has an entry point and a user of its own: files are given to a user that this file does not make. */
function mayBeDropped(image: string, text: string): boolean {
  const owner = /\bchown\s+(?:-\w+\s+)*([a-z_][\w-]*)[:\s]/.exec(text)?.[1];
  return !OFFICIAL.test(image) && owner !== undefined && owner !== 'root' && !/\b(?:adduser|useradd)\b/.test(text);
}

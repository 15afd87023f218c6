import type { RuleLanguage } from '../languages.ts';
import { onceAFile } from './once-a-file.ts';

interface Signs {
  /** The nodes whose texts are looked at: imports, and what needs none. */
  nodes: readonly { kind: string; regex?: string }[];
  /** Reads the arguments of a command line, or asks at the terminal. */
  asks: RegExp;
  /** Ends when it is done: all of these are there … */
  ends: readonly RegExp[];
  /** … and none of this, which gives something to others or goes on. */
  goesOn: RegExp;
  /** Is started by hand, whatever else the file uses: a command of a framework. */
  isCommand?: RegExp;
  /** Serves others, or works for them without being watched. */
  serves: RegExp;
}

const SIGNS: Partial<Record<RuleLanguage, Signs>> = {
  python: {
    nodes: [
      { kind: 'import_statement' },
      { kind: 'import_from_statement' },
      { kind: 'attribute', regex: '^(sys\\.argv|web\\.Application)$' },
      { kind: 'comment', regex: '^#!' },
      { kind: 'if_statement', regex: '^if\\s+__name__\\s*==' },
      { kind: 'while_statement', regex: '^while\\s+(True|1)\\b' },
      { kind: 'call', regex: '\\.run_(forever|pending)\\(' },
    ],
    ends: [/^#!/, /^if\s+__name__/],
    goesOn: /^while\b|\.run_(?:forever|pending)\(/,
    asks: /^(?:import|from)\s+(?:argparse|click|typer|docopt|optparse|getopt|fire|cleo|questionary)\b|\bargv\b/,
    isCommand:
      /^from\s+django\.core\.management(?:\.base)?\s+import\b[\s\S]*\b(?:BaseCommand|AppCommand|LabelCommand)\b/,
    serves:
      /^(?:import\s+flask|from\s+flask\s+import|(?:import|from)\s+(?:fastapi|starlette|django|rest_framework|tornado|sanic|falcon|bottle|uvicorn|gunicorn|hypercorn|grpc|celery|dramatiq|rq|pika|aio_pika|kafka|confluent_kafka|socketserver|http\.server|aiohttp\.web))\b|^web\.Application$/,
  },
  go: {
    nodes: [
      { kind: 'import_spec' },
      { kind: 'package_clause' },
      { kind: 'function_declaration', regex: '^func main\\(\\)' },
      // The options of a command, as github.com/jessevdk/go-flags reads them.
      { kind: 'raw_string_literal', regex: '\\blong:"[^"]+"[^`]*\\bdescription:"' },
      { kind: 'go_statement' },
      { kind: 'for_statement', regex: '^for\\s*\\{' },
      {
        kind: 'selector_expression',
        regex: '^(os\\.Args|http\\.Handle(Func)?|.*\\.(Run|Start|Serve(TLS)?|ListenAndServe(TLS)?|Consume|Subscribe))$',
      },
      { kind: 'parameter_declaration', regex: '\\bhttp\\.ResponseWriter$' },
    ],
    // A command that the build does by hand with what the language itself brings: it fetches or writes something, and is done.
    ends: [/^package main$/, /^func main\(\)/],
    // Another package may be one of the program's own that serves.
    goesOn:
      /^(?:[\w.]+\s+)?"(?!(?:archive|bufio|bytes|cmp|compress|container|context|crypto|database|debug|embed|encoding|errors|expvar|flag|fmt|go|hash|html|image|index|io|iter|log|maps|math|mime|net|os|path|reflect|regexp|runtime|slices|sort|strconv|strings|sync|syscall|testing|text|time|unicode|unsafe)["/])[^"\n]+"$/,
    asks: /"(?:flag|github\.com\/(?:spf13\/(?:cobra|pflag)|urfave\/cli(?:\/v\d)?|alecthomas\/kong)|[^"]+\/cli)"|^os\.Args$|^`.*\blong:"/,
    serves:
      // A loop that is left when it is done, and waits for nobody, tries again.
      /^go\b|^for\b(?![\s\S]*\bbreak\b)|^for\b[\s\S]*(?:<-|\bselect\b|\.(?:Accept|Recv|Receive|ReadMessage|Next|Poll)\()|\.(?:Run|Start|Serve(?:TLS)?|ListenAndServe(?:TLS)?|Consume|Subscribe)$|^http\.Handle|\bhttp\.ResponseWriter$|"(?:github\.com\/(?:gin-gonic\/gin|labstack\/echo|gofiber\/fiber|go-chi\/chi|gorilla\/mux)|google\.golang\.org\/grpc)/,
  },
  typescript: {
    nodes: [
      { kind: 'import_statement' },
      { kind: 'call_expression', regex: '^require\\(' },
      { kind: 'member_expression', regex: '^(process\\.argv|(Bun|Deno)\\.serve)$' },
      { kind: 'call_expression', regex: '^process\\.on\\(' },
      { kind: 'while_statement', regex: '^while\\s*\\((true|1)\\)' },
      // All of it is one function that is called right away.
      { kind: 'expression_statement', regex: '^(\\(\\s*async\\b|((await|void)\\s+)?(main|run)\\(\\))' },
      { kind: 'call_expression', regex: '^(process\\.exit|setInterval)\\(' },
      { kind: 'export_statement' },
      { kind: 'hash_bang_line' },
    ],
    ends: [/^process\.exit\(|^#!|^\(\s*async\b|^(?:(?:await|void)\s+)?(?:main|run)\(\)/],
    // What waits for a signal to stop goes on until then; SIGINT is what somebody at the keyboard sends.
    goesOn:
      /^export\b|^process\.on\((?!\s*['"](?:unhandledRejection|uncaughtException|SIGINT|exit)['"])|^setInterval\(|^while\b/,
    asks: /^process\.argv$|['"](?:commander|@commander-js\/[\w-]+|yargs|cac|minimist|meow|@oclif\/\w+|(?:node:)?readline)(?:\/promises)?['"]/,
    serves:
      /^(?:Bun|Deno)\.serve$|['"](?:express|fastify|koa|hono|@hono\/[\w-]+|@nestjs\/[\w-]+|next|h3|elysia|restify|@hapi\/hapi|(?:node:)?http2?|(?:node:)?https|ws|socket\.io|bullmq|bull|kafkajs|amqplib|pg-boss)(?:\/[\w/-]+)?['"]/,
  },
};

/** Whether a file is a program that somebody starts by hand and waits for: it reads arguments or ends itself, and serves nobody. */
export const isProgram = onceAFile((root, language): boolean => {
  const signs = SIGNS[language];
  if (!signs) return false;
  const texts = root.findAll({ rule: { any: [...signs.nodes] } }).map((node) => node.text());
  const has = (sign: RegExp): boolean => texts.some((text) => sign.test(text));
  const ends = signs.ends.length > 0 && signs.ends.every(has) && !has(signs.goesOn);
  const isCommand = signs.isCommand !== undefined && has(signs.isCommand) && !has(signs.goesOn);
  return isCommand || ((has(signs.asks) || ends) && !has(signs.serves));
});

export interface TokenKind {
  kind: string;
  /** The public beginnings, as a regular expression. */
  prefix: string;
  /** What follows, as a class of characters, and the least length of it. */
  rest: string;
  least: number;
  /** False: masked only, since it opens nothing by itself or the prefix is too common. */
  report: boolean;
  /** Of little use to a stranger: made by each service for itself, or of an hour's life. In tests it is not said. */
  home?: boolean;
  /** The beginning is also that of ordinary names: what follows must look random, or it is no token. */
  random?: true;
}

const WORD = '[A-Za-z0-9_-]';

/**
 * Tokens that say by their beginning who gave them out. Sources: GitHub's "Supported secret scanning patterns", and each
 * provider's own pages. A beginning is public and stays to be seen; all that follows is masked. secretlint's exact rules run
 * over files as well; this table is wider, and it alone serves where only a moment is (titles, comments, log lines).
 */
export const TOKEN_KINDS: readonly TokenKind[] = [
  // Since 2026 an installation token is `ghs_<app>_<JWT>`, about 520 characters; the JWT is found by itself.
  { kind: 'GitHub token', prefix: 'gh[pousr]_', rest: WORD, least: 30, report: true },
  { kind: 'GitHub token', prefix: 'github_pat_', rest: WORD, least: 30, report: true },
  {
    kind: 'GitLab token',
    prefix: 'gl(?:pat|dt|rt|cbt|ptt|ft|soat|agent|imt|rtr)-',
    rest: '[A-Za-z0-9_.-]',
    least: 20,
    report: true,
  },
  { kind: 'Slack token', prefix: 'xox[abeoprs]-|xapp-', rest: WORD, least: 20, report: true },
  { kind: 'Anthropic API key', prefix: 'sk-ant-(?:api|admin|oat)\\d\\d-', rest: WORD, least: 20, report: true },
  { kind: 'OpenAI API key', prefix: 'sk-(?:proj|svcacct|admin)-', rest: WORD, least: 40, report: true },
  { kind: 'xAI API key', prefix: 'xai-', rest: '[A-Za-z0-9]', least: 60, report: true },
  { kind: 'Perplexity API key', prefix: 'pplx-', rest: '[A-Za-z0-9]', least: 40, report: true },
  { kind: 'Cerebras API key', prefix: 'csk-', rest: '[A-Za-z0-9]', least: 40, report: true, random: true },
  { kind: 'Fireworks API key', prefix: 'fw_', rest: '[A-Za-z0-9]', least: 22, report: true, random: true },
  { kind: 'Together API key', prefix: 'tgp_v1_', rest: WORD, least: 36, report: true },
  { kind: 'NVIDIA API key', prefix: 'nvapi-', rest: WORD, least: 50, report: true },
  { kind: 'OpenRouter API key', prefix: 'sk-or-v1-', rest: '[0-9a-f]', least: 60, report: true },
  { kind: 'Langfuse key', prefix: 'sk-lf-', rest: '[0-9a-f-]', least: 36, report: true, home: true },
  { kind: 'OpenAI API key', prefix: 'sk-(?=[A-Za-z0-9]{20}T3BlbkFJ)', rest: '[A-Za-z0-9]', least: 40, report: true },
  { kind: 'ElevenLabs API key', prefix: 'sk_(?=[0-9a-f]{48})', rest: '[0-9a-f]', least: 48, report: true },
  { kind: 'Amazon Bedrock key', prefix: 'ABSK', rest: '[A-Za-z0-9+/=]', least: 100, report: true },
  { kind: 'Pinecone key', prefix: 'pcsk_', rest: WORD, least: 60, report: true },
  { kind: 'Resend key', prefix: 're_', rest: '[A-Za-z0-9_]', least: 30, report: true, random: true },
  { kind: 'Brevo key', prefix: 'xsmtpsib-', rest: WORD, least: 60, report: true },
  { kind: 'Airtable token', prefix: 'pat(?=\\w{14}\\.[0-9a-f]{64})', rest: '[A-Za-z0-9.]', least: 79, report: true },
  { kind: 'HubSpot token', prefix: 'pat-(?:na|eu|ap)\\d-', rest: '[0-9a-f-]', least: 36, report: true },
  {
    kind: 'Harness token',
    prefix: '(?:pat|sat)\\.(?=[\\w-]{22}\\.[0-9a-f]{24}\\.)',
    rest: '[A-Za-z0-9_.-]',
    least: 60,
    report: true,
  },
  { kind: 'Heroku key', prefix: 'HRKU-AA', rest: WORD, least: 50, report: true },
  { kind: 'Fly token', prefix: 'FlyV1 fm\\d_', rest: '[A-Za-z0-9+/=,_-]', least: 80, report: true },
  { kind: 'Vercel token', prefix: 'vercel_blob_rw_', rest: WORD, least: 30, report: true },
  { kind: 'Netlify token', prefix: 'nf[pcou]_', rest: '[A-Za-z0-9]', least: 36, report: true, random: true },
  { kind: 'Render key', prefix: 'rnd_', rest: '[A-Za-z0-9]', least: 26, report: true, random: true },
  { kind: 'Neon key', prefix: 'napi_', rest: '[a-z0-9]', least: 60, report: true },
  { kind: 'Dynatrace token', prefix: 'dt0[a-z]\\d\\d\\.', rest: '[A-Z0-9.]', least: 80, report: true },
  { kind: 'New Relic key', prefix: 'NRI[IQ]-', rest: WORD, least: 32, report: true },
  { kind: 'Honeycomb key', prefix: 'hc[abxi][il][cky]_', rest: '[a-z0-9]', least: 50, report: true },
  {
    kind: 'LaunchDarkly key',
    prefix: '(?:sdk|api)-(?=[0-9a-f]{8}-[0-9a-f]{4}-4)',
    rest: '[0-9a-f-]',
    least: 36,
    report: true,
  },
  { kind: 'PostHog personal key', prefix: 'phx_', rest: WORD, least: 40, report: true },
  {
    kind: 'Notion token',
    prefix: 'secret_(?=[A-Za-z0-9]{43})',
    rest: '[A-Za-z0-9]',
    least: 43,
    report: true,
    random: true,
  },
  { kind: 'Dropbox token', prefix: 'sl\\.(?:u\\.)?', rest: WORD, least: 120, report: true, home: true },
  { kind: 'Shippo token', prefix: 'shippo_live_', rest: '[0-9a-f]', least: 40, report: true },
  { kind: 'EasyPost key', prefix: 'EZAK', rest: '[A-Za-z0-9]', least: 54, report: true },
  { kind: 'Plaid token', prefix: 'access-(?:production|development)-', rest: '[0-9a-f-]', least: 36, report: true },
  { kind: 'Braintree token', prefix: 'access_token\\$production\\$', rest: '[0-9a-z$]', least: 45, report: true },
  { kind: 'Square token', prefix: 'EAAA(?=[A-Za-z0-9_-]{60})', rest: WORD, least: 60, report: true, random: true },
  { kind: 'Razorpay key id', prefix: 'rzp_(?:live|test)_', rest: '[A-Za-z0-9]', least: 14, report: false },
  { kind: 'Flutterwave key', prefix: 'FLWSECK-', rest: '[A-Za-z0-9-]', least: 32, report: true },
  { kind: 'Contentful token', prefix: 'CFPAT-', rest: WORD, least: 43, report: true },
  { kind: 'CircleCI token', prefix: 'CCIP(?:AT|RJ)_', rest: WORD, least: 50, report: true },
  { kind: 'Buildkite token', prefix: 'bku[ait]_', rest: '[0-9a-f]', least: 40, report: true },
  { kind: 'SonarQube token', prefix: 'sq[pua]_', rest: '[0-9a-f]', least: 40, report: true },
  { kind: 'JFrog key', prefix: 'AKCp\\d', rest: '[A-Za-z0-9]', least: 60, report: true },
  { kind: 'JFrog token', prefix: 'cmVmdGtu', rest: '[A-Za-z0-9+/=]', least: 56, report: true },
  { kind: 'Typeform token', prefix: 'tfp_', rest: WORD, least: 40, report: true, random: true },
  { kind: 'Duffel token', prefix: 'duffel_live_', rest: WORD, least: 40, report: true },
  { kind: 'ReadMe key', prefix: 'rdme_', rest: '[a-z0-9]', least: 60, report: true },
  { kind: 'Prefect key', prefix: 'pn[uab]_', rest: '[A-Za-z0-9]', least: 36, report: true, random: true },
  { kind: 'Infracost key', prefix: 'ico-', rest: '[A-Za-z0-9]', least: 32, report: true, random: true },
  { kind: 'Inngest key', prefix: 'signkey-prod-', rest: '[0-9a-f]', least: 60, report: true },
  {
    kind: 'Trigger.dev key',
    prefix: 'tr_(?:prod|stg|pat)_',
    rest: '[A-Za-z0-9]',
    least: 20,
    report: true,
    random: true,
  },
  { kind: 'Unkey key', prefix: 'unkey_', rest: '[A-Za-z0-9]', least: 20, report: true, random: true },
  { kind: 'Stytch secret', prefix: 'secret-live-', rest: '[A-Za-z0-9=_-]', least: 32, report: true, random: true },
  { kind: 'Rootly key', prefix: 'rootly_', rest: '[0-9a-f]', least: 60, report: true },
  { kind: 'Cloudflare Origin CA key', prefix: 'v1\\.0-(?=[0-9a-f]{24}-)', rest: '[0-9a-f-]', least: 150, report: true },
  { kind: 'Alibaba Cloud key id', prefix: 'LTAI', rest: '[A-Za-z0-9]', least: 20, report: false, random: true },
  { kind: 'Tencent Cloud key id', prefix: 'AKID', rest: '[A-Za-z0-9]', least: 32, report: false, random: true },
  { kind: 'Yandex Cloud key', prefix: 'AQVN', rest: WORD, least: 35, report: true, random: true },
  {
    kind: 'Twilio key',
    prefix: 'SK(?=[0-9a-f]{32}(?![0-9a-f]))',
    rest: '[0-9a-f]',
    least: 32,
    report: true,
    random: true,
  },
  {
    kind: 'Slack webhook',
    prefix: 'https://hooks\\.slack\\.com/(?:workflows|triggers)/',
    rest: '[A-Za-z0-9/]',
    least: 30,
    report: true,
  },
  {
    kind: 'Teams webhook',
    prefix: 'https://[\\w-]{1,60}\\.webhook\\.office\\.com/webhookb2/',
    rest: '[A-Za-z0-9@/-]',
    least: 80,
    report: true,
  },
  { kind: 'API key', prefix: 'sk-(?:or-v1-|lf-)?', rest: WORD, least: 20, report: false },
  { kind: 'Stripe key', prefix: '(?:sk|rk)_live_', rest: WORD, least: 20, report: true },
  // Opens made-up data alone.
  { kind: 'Stripe test key', prefix: '(?:sk|rk)_test_', rest: WORD, least: 20, report: true, home: true },
  { kind: 'webhook secret', prefix: 'whsec_', rest: '[A-Za-z0-9+/=_-]', least: 20, report: true, home: true },
  { kind: 'npm token', prefix: 'npm_', rest: '[A-Za-z0-9]', least: 34, report: true },
  { kind: 'PyPI token', prefix: 'pypi-AgE', rest: WORD, least: 50, report: true },
  { kind: 'RubyGems key', prefix: 'rubygems_', rest: WORD, least: 40, report: true },
  { kind: 'SendGrid key', prefix: 'SG\\.', rest: '[A-Za-z0-9_.-]', least: 50, report: true },
  { kind: 'Google API key', prefix: 'AIza', rest: WORD, least: 35, report: true },
  { kind: 'Google OAuth secret', prefix: 'GOCSPX-', rest: WORD, least: 20, report: true },
  { kind: 'Google access token', prefix: 'ya29\\.', rest: '[A-Za-z0-9_.-]', least: 30, report: true, home: true },
  { kind: 'AWS access key id', prefix: 'AKIA|ASIA', rest: '[A-Z0-9]', least: 16, report: false },
  { kind: 'Hugging Face token', prefix: 'hf_', rest: WORD, least: 30, report: true },
  { kind: 'Groq key', prefix: 'gsk_', rest: WORD, least: 40, report: true },
  { kind: 'Linear key', prefix: 'lin_(?:api|oauth)_', rest: WORD, least: 32, report: true },
  { kind: 'Notion token', prefix: 'ntn_', rest: WORD, least: 40, report: true },
  { kind: 'Shopify token', prefix: 'shp(?:at|ca|pa|ss)_', rest: WORD, least: 30, report: true },
  { kind: 'Grafana token', prefix: 'glc_|glsa_', rest: '[A-Za-z0-9+/=_-]', least: 32, report: true },
  { kind: '1Password token', prefix: 'ops_eyJ', rest: '[A-Za-z0-9+/=]', least: 60, report: true },
  { kind: 'Vault token', prefix: 'hv[sbr]\\.', rest: WORD, least: 24, report: true },
  { kind: 'Databricks token', prefix: 'dapi', rest: '[0-9a-fA-F]', least: 32, report: true },
  { kind: 'Docker token', prefix: 'dckr_(?:pat|oat)_', rest: WORD, least: 24, report: true },
  { kind: 'DigitalOcean token', prefix: 'do[opr]_v1_', rest: '[0-9a-f]', least: 40, report: true },
  { kind: 'Figma token', prefix: 'figd_', rest: WORD, least: 30, report: true },
  { kind: 'Cloudflare token', prefix: 'cf(?:k|ut|at)_', rest: WORD, least: 40, report: true },
  { kind: 'Tailscale key', prefix: 'tskey-[a-z]{2,20}-', rest: WORD, least: 20, report: true },
  { kind: 'Supabase key', prefix: 'sbp_|sb_secret_', rest: WORD, least: 20, report: true },
  { kind: 'Square token', prefix: 'sq0(?:atp|csp|idp)-|EAAA', rest: WORD, least: 22, report: false },
  { kind: 'Brevo key', prefix: 'xkeysib-', rest: WORD, least: 60, report: true },
  { kind: 'Mailgun key', prefix: 'key-', rest: '[0-9a-f]', least: 32, report: false },
  { kind: 'Sentry token', prefix: 'sntry[su]_', rest: '[A-Za-z0-9+/=_-]', least: 40, report: true },
  { kind: 'Atlassian token', prefix: 'ATATT3|ATCTT3|ATBB', rest: '[A-Za-z0-9_=.-]', least: 28, report: true },
  { kind: 'New Relic key', prefix: 'NRAK-', rest: '[A-Z0-9]', least: 24, report: true },
  { kind: 'Postman key', prefix: 'PMAK-', rest: WORD, least: 50, report: true },
  { kind: 'Pulumi token', prefix: 'pul-', rest: '[0-9a-f]', least: 40, report: true },
  {
    kind: 'Doppler token',
    prefix: 'dp\\.(?:pt|st|ct|sa|scim|audit)\\.',
    rest: '[A-Za-z0-9_.-]',
    least: 40,
    report: true,
  },
  { kind: 'PlanetScale token', prefix: 'pscale_(?:tkn|pw|oauth)_', rest: WORD, least: 30, report: true },
  { kind: 'Replicate token', prefix: 'r8_', rest: WORD, least: 36, report: true },
  { kind: 'age key', prefix: 'AGE-SECRET-KEY-1', rest: '[A-Z0-9]', least: 50, report: true },
  {
    kind: 'Slack webhook',
    prefix: 'https://hooks\\.slack\\.com/services/',
    rest: '[A-Za-z0-9/]',
    least: 30,
    report: true,
  },
  {
    kind: 'Discord webhook',
    prefix: 'https://discord(?:app)?\\.com/api/webhooks/',
    rest: '[A-Za-z0-9_/-]',
    least: 60,
    report: true,
  },
];

export interface TokenShape {
  kind: string;
  /** All of it; a bounded number of characters from each beginning. */
  shape: string;
}

/** Tokens without a beginning of their own, known by a sign in the middle. Sources: as above. */
export const TOKEN_SHAPES: readonly TokenShape[] = [
  // Secrets of applications in Entra: three characters, a figure, `Q~`.
  { kind: 'Azure client secret', shape: '[A-Za-z0-9_~.]{3}\\dQ~[A-Za-z0-9_~.-]{31,34}' },
  { kind: 'Terraform Cloud token', shape: '[A-Za-z0-9]{14}\\.atlasv1\\.[A-Za-z0-9_=-]{60,70}' },
  { kind: 'Telegram bot token', shape: '\\d{8,10}:AA[A-Za-z0-9_-]{33}' },
  { kind: 'Discord bot token', shape: '[MNO][A-Za-z0-9_-]{23,27}\\.[A-Za-z0-9_-]{6}\\.[A-Za-z0-9_-]{27,40}' },
  { kind: 'Mailchimp key', shape: '[0-9a-f]{32}-us\\d{1,2}' },
  { kind: 'Asana token', shape: '2/\\d{16}/\\d{16}:[0-9a-f]{32}' },
];

/** Published by their makers for everyone: samples of a documentation, keys of emulators. */
export const PUBLISHED: ReadonlySet<string> = new Set([
  'AKIAIOSFODNN7EXAMPLE',
  'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  // Azure's storage emulator and Cosmos emulator.
  'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOTr/KBHBeksoGMGw==',
  'C2y6yDjf5/R+ob0N8A7Cgv30VRDJIWEHLM+4QDU5DE2nQ9nDuVTqobD4b8mGGyPMbIZnqyMsEcaGQy67XIw/Jw==',
  // OAuth 2.0: RFC 6749, 6750, 7662.
  '2YotnFZFEjr1zCsicMWpAA',
  'tGzv3JOkF0XG5Qx2TlKWIA',
  '7Fjfp0ZBr1KtDRbnfVdmIw',
  'gX1fBat3bV',
  'czZCaGRSa3F0MzpnWDFmQmF0M2JW',
  // Stripe's documentation.
  'sk_test_4eC39HqLyjWDarjtT1zdp7dc',
  'sk_test_BQokikJOvBiI2HlWgH4olfQ2',
  // Slack's documentation of oauth.v2.access.
  ['xoxb', '17653672481', '19874698323', 'pdFZKVeTuE8sk7oOcBrzbqgy'].join('-'),
  // Google's reCAPTCHA for tests.
  '6LeIxAcTAAAAAGG-vFI1TnRWxMZNFuojJ4WifJWe',
]);

# The App in a container: docs/self-hosting.md. Why this base, and where its digest was seen: docs/decisions/0026-the-image.md.
FROM node:24.21.0-trixie-slim@sha256:173f125896c3b47ddf056734c7ea789d04595a6a08769a8f78e0df642781fb66 AS base

FROM base AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
# The build needs no install script of anybody.
RUN npm ci --ignore-scripts
COPY bundle.ts tsconfig.json ./
COPY agents ./agents
COPY src ./src
RUN node bundle.ts

FROM base AS modules
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev
COPY deploy/container/slim-modules.mjs ./
RUN node slim-modules.mjs node_modules

FROM base
# git fetches what is reviewed; tini is PID 1, hands signals on and reaps what git leaves behind. No package manager stays for node.
RUN apt-get update \
  && apt-get install --yes --no-install-recommends ca-certificates git tini \
  && rm -rf /var/lib/apt/lists/* /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /opt/yarn-* \
  && install --directory --owner=node --group=node --mode=0700 /data
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
WORKDIR /app
COPY package.json app.yml LICENSE ./
COPY agents ./agents
COPY --from=modules /build/node_modules ./node_modules
COPY --from=build /build/dist ./dist
VOLUME /data
EXPOSE 3000
# The user `node`, as a number: Kubernetes can then see that it is not root.
USER 1000:1000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`, { signal: AbortSignal.timeout(4000) }).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["/usr/bin/tini", "--", "node", "dist/main.js"]

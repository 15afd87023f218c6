import { createServer } from 'node:http';
import { answerThumbnail } from './thumbnails.ts';
import { isSigned } from './signature.ts';
import { readAttachment } from './attachments.ts';

const server = createServer(async (request, response) => {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const name = url.searchParams.get('name') ?? '';
  if (!isSigned(url.pathname, request.headers['x-signature'])) {
    response.writeHead(403).end();
    return;
  }
  if (url.pathname === '/thumbnail') {
    await answerThumbnail(name, response); // ! critical command-injection
    return;
  }
  response.setHeader('content-type', 'application/octet-stream');
  response.end(await readAttachment(name)); // ! high path-traversal
});

server.listen(Number(process.env.PORT ?? 8080)); // ! low no-graceful-shutdown

'use strict';
// The test module of the extension host (`extensionTestsPath`): runs functions that the tests send, with the real API,
// and answers with their result as JSON. So one test can drive the editor from outside and look from inside.
const { renameSync, writeFileSync } = require('node:fs');
const { createServer } = require('node:http');
const vscode = require('vscode');

exports.run = () =>
  new Promise((resolve, reject) => {
    const server = createServer(async (request, response) => {
      if (request.url === '/end') {
        response.end('{}');
        server.close();
        resolve();
        return;
      }
      const parts = [];
      for await (const part of request) parts.push(part);
      const { source, args } = JSON.parse(Buffer.concat(parts).toString('utf8'));
      const answer = await new Function(`return (${source})`)()(vscode, ...args).then(
        (value) => ({ value }),
        (error) => ({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
      );
      response.end(JSON.stringify(answer));
    });
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const file = process.env.SCHEMAWARD_EVALUATOR;
      writeFileSync(`${file}.part`, String(server.address().port));
      renameSync(`${file}.part`, file);
    });
  });

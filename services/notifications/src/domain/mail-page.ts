import { type Html, html } from './html.js';

/**
 * The frame of every mail: tables and inline styles, because that is what mail programs keep. No picture and no
 * font is loaded from anywhere: nothing is blocked, and nobody learns that the mail was opened.
 */
export const page = ({
  title,
  preview,
  heading,
  content,
}: {
  title: string;
  /** Shown beside the subject in the list of mails. */
  preview: string;
  heading: string;
  content: Html;
}): Html => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<title>${title}</title>
</head>
<body style="margin:0;padding:0;background:#edf3f2">
<div style="display:none;max-height:0;overflow:hidden">${preview}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#edf3f2">
<tr><td align="center" style="padding:32px 16px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;font-family:-apple-system,'Segoe UI',Roboto,Ubuntu,'Noto Sans',sans-serif;font-size:16px;line-height:1.5;color:#0e2636">
<tr><td style="padding:0 0 16px;font-size:20px;font-weight:800;letter-spacing:.02em">Shipline</td></tr>
<tr><td style="padding:32px;background:#ffffff;border-top:6px solid #ffcb2e;border-radius:6px">
<h1 style="margin:0 0 16px;font-size:24px;line-height:1.25">${heading}</h1>
${content}
</td></tr>
<tr><td style="padding:16px 0 0;color:#43596a;font-size:13px">Goods for people who ship.</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`;

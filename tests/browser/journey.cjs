// What a journalist does, in Chromium: search, entity, claim, the sentence, questions,
// SPARQL, signing in, pasting and dropping articles, merging and undoing; at 360 and 1,440
// pixels; without serious findings of axe; and screenshots.
//
//   node journey.cjs ADDRESS FOLDER TOKEN    FOLDER: where screenshots go
"use strict";

const { chromium } = require("playwright-core");
const axe = require("axe-core");
const assert = require("node:assert");
const path = require("node:path");

const [address, folder, token] = process.argv.slice(2);
const executablePath = process.env.REPORTEDLY_CHROMIUM ?? "/usr/bin/chromium";
const WIDTHS = [["narrow", 360, 740], ["wide", 1440, 1000]];

/** Fails on what axe calls serious, and where a page is wider than its window. */
async function check(page, what) {
  const width = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert(width[0] <= width[1], `${what}: ${width[0]} px wide in a window of ${width[1]}`);
  // Evaluated by the test, past the policy that forbids scripts from elsewhere.
  await page.evaluate(axe.source);
  const found = await page.evaluate(() => window.axe.run({
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
  }));
  const grave = found.violations.filter((v) => ["serious", "critical"].includes(v.impact));
  const said = grave.map((v) => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => n.html).join(" | ")}`);
  assert.deepStrictEqual(said, [], what);
}

async function shoot(page, name, size) {
  await page.screenshot({ path: path.join(folder, `${name}-${size}.png`) });
}

/** From some letters to the sentence. */
async function searchToSentence(page, size) {
  await page.goto(`${address}/`);
  await check(page, "home");
  await shoot(page, "home", size);
  await page.goto(`${address}/search`);
  await page.locator("#q").pressSequentially("sunak");
  const hit = page.locator("#results .hits a").first();
  await hit.waitFor();
  assert(page.url().endsWith("/search?q=sunak"), page.url());
  await check(page, "search");
  await shoot(page, "search", size);
  // By keyboard, as by mouse.
  await hit.focus();
  await page.keyboard.press("Enter");
  await page.locator("h1", { hasText: "Rishi Sunak" }).waitFor();
  await check(page, "entity");
  await shoot(page, "entity", size);
  const words = await page.locator(".claim blockquote").first().textContent();
  await page.locator(".claim").first().getByText("claim", { exact: true }).click();
  await page.locator(".claim-title").waitFor();
  await check(page, "claim");
  await shoot(page, "claim", size);
  await page.getByText("in the text").first().click();
  await page.locator("mark#at").waitFor();
  const marked = (await page.locator("mark.at").allTextContents()).join("");
  assert.strictEqual(marked, words);
  assert(await page.locator("mark#at").isVisible());
  await check(page, "article");
  await shoot(page, "article", size);
}

/** A claim and its words light up together. */
async function marksPointAtClaims(page) {
  await page.goto(`${address}/article/rwanda-ruling`);
  const item = page.locator(".item").first();
  await item.hover();
  assert(await page.locator("mark.lit").count() > 0);
  const id = await item.getAttribute("id");
  await page.locator(`mark[data-of~="${id}"]`).first().hover();
  assert((await item.getAttribute("class")).includes("lit"));
}

async function questions(page, size) {
  await page.goto(`${address}/questions`);
  await check(page, "questions");
  await page.getByText("What did one person or body say?").click();
  await page.locator("#who").fill("Kirby");
  await page.getByRole("button", { name: "Ask" }).click();
  await page.locator("table").waitFor();
  await check(page, "question");
  await shoot(page, "question", size);
  await page.goto(`${address}/sources`);
  await check(page, "sources");
  await page.goto(`${address}/articles`);
  await check(page, "articles");
}

/** What is typed is coloured and completed by keyboard; answers are tables, bars, graphs. */
async function sparql(page, size) {
  await page.goto(`${address}/query`);
  await page.waitForLoadState("networkidle");
  const area = page.locator("#query");
  await area.fill("SELECT ?claim { ?claim a ");
  await area.press("End");
  await area.pressSequentially("rp:Cla");
  const options = page.locator("#completions li");
  await options.first().waitFor();
  await check(page, "completion");
  await area.press("ArrowDown");
  assert.strictEqual(await options.first().getAttribute("aria-selected"), "true");
  await area.press("Escape");
  assert.strictEqual(await options.count(), 0);
  await area.pressSequentially("i");
  await options.first().waitFor();
  await area.press("ArrowDown");
  await area.press("Enter");
  assert((await area.inputValue()).endsWith("rp:Claim"), await area.inputValue());
  await area.pressSequentially(" } LIMIT 5");
  assert.strictEqual(await page.locator(".code .variable").count(), 2);
  assert.strictEqual(await page.locator(".code .keyword").first().textContent(), "SELECT");
  await area.press("Control+Enter");
  await page.locator("table").waitFor();
  assert.strictEqual(await page.locator("td a").count(), 5);
  await check(page, "SPARQL");
  await shoot(page, "sparql", size);
  await page.locator("#query").fill(
    "SELECT ?who (COUNT(?what) AS ?many) { ?who rp:stated ?what } GROUP BY ?who ORDER BY DESC(?many) LIMIT 12");
  await page.locator("#view").selectOption("chart");
  await page.getByRole("button", { name: "Ask" }).click();
  await page.locator("svg.bars").waitFor();
  assert.strictEqual(await page.locator("svg.bars rect").count(), 12);
  await check(page, "bars");
  await shoot(page, "bars", size);
  await page.locator("#query").fill("CONSTRUCT WHERE { ?who rp:stated ?what } LIMIT 24");
  await page.locator("#view").selectOption("graph");
  await page.getByRole("button", { name: "Ask" }).click();
  await page.locator("svg.net").waitFor();
  assert(await page.locator("svg.net a").count() > 1);
  await check(page, "graph");
  await shoot(page, "graph", size);
}

/** Who has the token signs in, pastes a text, drops a file, merges, undoes, and leaves. */
async function desk(page, size) {
  await page.goto(`${address}/add`);
  await check(page, "sign in");
  await page.locator("#token").fill("not the token");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByText("not the token").waitFor();
  await page.goto(`${address}/add`);
  await page.locator("#token").fill(token);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.locator("#text").waitFor();
  await check(page, "add");
  await shoot(page, "add", size);
  await page.locator("#text").fill(
    `Nora Quill sold the mill in Porto for ${size}. “It was old,” Quill said.\n\nThe mayor, Carla Reis, praised the sale.`);
  await page.locator("#title").fill(`Mill sold, ${size}`);
  const since = Date.now();
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.locator("h1", { hasText: "Mill sold" }).waitFor();
  assert(await page.locator(".item .claim").count() > 0);
  console.log(`${size}: a pasted text has its claims after ${Date.now() - since} ms`);
  await check(page, "added article");
  await shoot(page, "added", size);

  await page.goto(`${address}/add`);
  await page.locator("#file").waitFor();
  const file = await page.evaluateHandle((size) => {
    const transfer = new DataTransfer();
    const text = `# Pier opened, ${size}\n\nNora Quillan opened the pier in Faro, she said.\n`;
    transfer.items.add(new File([text], `pier-${size}.md`));
    return transfer;
  }, size);
  await page.dispatchEvent("#add", "drop", { dataTransfer: file });
  await page.locator("h1", { hasText: "Pier opened" }).waitFor();

  const path = async (words) => {
    await page.goto(`${address}/search?q=${encodeURIComponent(words)}`);
    return (await page.locator("#entities ~ ul a").first().getAttribute("href")).slice(1);
  };
  const [one, other] = [await path("nora quill"), await path("nora quillan")];
  assert.notStrictEqual(one, other);
  await page.goto(`${address}/${one}`);
  await page.getByText("Correct this entity").click();
  await check(page, "forms of decisions");
  await page.locator("#merge-other").fill(other);
  await page.locator("#merge-reason").fill("The byline has both names.");
  await page.getByRole("button", { name: "Merge" }).click();
  await page.getByText("the pier").first().waitFor();
  await page.goto(`${address}/decisions`);
  await page.getByText("The byline has both names.").waitFor();
  await check(page, "decisions");
  await shoot(page, "decisions", size);
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText("Nothing was decided yet").waitFor();

  await page.goto(`${address}/articles`);
  await page.getByText(`Pier opened, ${size}`, { exact: true }).click();
  await page.getByText("Withdraw this article").click();
  await page.getByRole("button", { name: "Withdraw" }).click();
  await page.locator("h1", { hasText: "Articles" }).waitFor();
  assert.strictEqual(await page.getByText(`Pier opened, ${size}`, { exact: true }).count(), 0);
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.goto(`${address}/add`);
  await page.locator("#token").waitFor();
}

async function main() {
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  for (const [size, width, height] of WIDTHS) {
    for (const colorScheme of ["light", "dark"]) {
      const context = await browser.newContext({ viewport: { width, height }, colorScheme, bypassCSP: false });
      const page = await context.newPage();
      const broken = [];
      page.on("pageerror", (error) => broken.push(String(error)));
      // A token that is refused is told to the console, too.
      const isRefusal = (m) => m.text().includes("status of 403") && m.location().url.endsWith("/sign-in");
      page.on("console", (m) => { if (m.type() === "error" && !isRefusal(m)) broken.push(m.text()); });
      page.on("request", (r) => { if (!r.url().startsWith(address)) broken.push(`asks ${r.url()}`); });
      const name = colorScheme === "dark" ? `${size}-dark` : size;
      await searchToSentence(page, name);
      await marksPointAtClaims(page);
      await questions(page, name);
      await sparql(page, name);
      await desk(page, name);
      assert.deepStrictEqual(broken, []);
      await context.close();
    }
  }
  await withoutScript(browser);
  await browser.close();
}

/** Every page is complete without a script. */
async function withoutScript(browser) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${address}/search`);
  await page.locator("#q").fill("sunak");
  await page.getByRole("button", { name: "Search" }).click();
  assert(await page.locator("#results .hits a").count() > 0);
  await page.goto(`${address}/query?view=chart`);
  await page.locator("#query").fill("SELECT ?c { ?c a rp:Claim } LIMIT 3");
  await page.getByRole("button", { name: "Ask" }).click();
  assert.strictEqual(await page.locator("td a").count(), 3);
  await context.close();
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});

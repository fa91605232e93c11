// What a journalist does, in Chromium: search, entity, claim, the sentence, questions,
// SPARQL; at 360 and 1,440 pixels; without serious findings of axe; and screenshots.
//
//   node journey.cjs ADDRESS FOLDER    FOLDER: where screenshots go
"use strict";

const { chromium } = require("playwright-core");
const axe = require("axe-core");
const assert = require("node:assert");
const path = require("node:path");

const [address, folder] = process.argv.slice(2);
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
  await page.goto(`${address}/query`);
  await page.locator("#query").fill("SELECT ?c { ?c a rp:Claim } LIMIT 5");
  await page.getByRole("button", { name: "Ask" }).click();
  assert.strictEqual(await page.locator("td a").count(), 5);
  await check(page, "SPARQL");
  await shoot(page, "sparql", size);
  await page.goto(`${address}/sources`);
  await check(page, "sources");
  await page.goto(`${address}/articles`);
  await check(page, "articles");
}

async function main() {
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  for (const [size, width, height] of WIDTHS) {
    for (const colorScheme of ["light", "dark"]) {
      const context = await browser.newContext({ viewport: { width, height }, colorScheme, bypassCSP: false });
      const page = await context.newPage();
      const broken = [];
      page.on("pageerror", (error) => broken.push(String(error)));
      page.on("console", (m) => { if (m.type() === "error") broken.push(m.text()); });
      page.on("request", (r) => { if (!r.url().startsWith(address)) broken.push(`asks ${r.url()}`); });
      const name = colorScheme === "dark" ? `${size}-dark` : size;
      await searchToSentence(page, name);
      await marksPointAtClaims(page);
      await questions(page, name);
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
  await context.close();
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});

package dev.sluice.report.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * A headless Chromium, where one is installed: by Debian's packages chromium and chromium-driver,
 * or where the system properties {@code sluice.chromium} and {@code sluice.chromedriver} lead.
 */
public final class Chromium implements AutoCloseable {
  private static final Path BROWSER =
      Path.of(System.getProperty("sluice.chromium", "/usr/bin/chromium"));
  private static final Path DRIVER =
      Path.of(System.getProperty("sluice.chromedriver", "/usr/bin/chromedriver"));
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final ChromeDriver driver;

  private Chromium(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Starts a browser; the test is skipped where there is none. */
  public static Chromium start() {
    assumeTrue(Files.isExecutable(BROWSER), "no browser at " + BROWSER);
    assumeTrue(Files.isExecutable(DRIVER), "no driver of a browser at " + DRIVER);
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(BROWSER.toFile());
    options.addArguments(
        "--headless=new",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--hide-scrollbars",
        "--force-color-profile=srgb",
        "--lang=en-GB");
    if ("root".equals(System.getProperty("user.name"))) {
      options.addArguments("--no-sandbox");
    }
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build();
    return new Chromium(new ChromeDriver(service, options));
  }

  /** Sets the size of the page, in pixels, and its colours: light or dark. */
  public void look(int width, int height, String scheme) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  public void open(String url) {
    driver.get(url);
  }

  public WebElement find(String css) {
    return driver.findElement(By.cssSelector(css));
  }

  public List<WebElement> all(String css) {
    return driver.findElements(By.cssSelector(css));
  }

  /** Returns what a script returns. */
  public Object script(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** Presses a key, by its name in Selenium's list, on what has the focus. */
  public void keys(String key) {
    driver.switchTo().activeElement().sendKeys(Keys.valueOf(key.toUpperCase(Locale.ROOT)));
  }

  /** Returns what a script hands to its last argument. */
  public Object asyncScript(String script) {
    driver.manage().timeouts().scriptTimeout(PATIENCE);
    return driver.executeAsyncScript(script);
  }

  /** Waits until a script returns true. */
  public void until(String what, String script) {
    new WebDriverWait(driver, PATIENCE)
        .withMessage(() -> what + ": " + script("return document.body.innerText"))
        .until(ignored -> Boolean.TRUE.equals(driver.executeScript(script)));
  }

  /** Waits until the page has a text. */
  public void untilText(String text) {
    new WebDriverWait(driver, PATIENCE)
        .withMessage(() -> text + " in: " + script("return document.body.innerText"))
        .until(
            ignored ->
                ((String) driver.executeScript("return document.body.innerText")).contains(text));
  }

  /** Returns what the browser complained about since it was asked last. */
  public List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(entry -> entry.getLevel() + " " + entry.getMessage())
        .toList();
  }

  /** Asserts that a page is usable without eyes or a mouse, as far as a program can tell. */
  public void isAccessible(String where) {
    List<String> serious =
        new AxeBuilder()
            .analyze(driver).getViolations().stream()
                .filter(rule -> Set.of("serious", "critical").contains(rule.getImpact()))
                .map(Chromium::told)
                .toList();
    assertThat(serious).as(where).isEmpty();
  }

  private static String told(Rule rule) {
    return rule.getId() + ": " + rule.getHelp() + " " + rule.getNodes();
  }

  /** Asserts that nothing is wider than the page. */
  public void fits(String where) {
    assertThat(
            script(
                "return document.documentElement.scrollWidth - document.documentElement.clientWidth"))
        .as(where)
        .isEqualTo(0L);
  }

  /** Keeps a picture of the page for people to look at. */
  public void picture(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
  }

  /** Tells the browser something that only its own protocol knows. */
  public Map<String, Object> command(String name, Map<String, Object> parameters) {
    return driver.executeCdpCommand(name, parameters);
  }

  @Override
  public void close() {
    driver.quit();
  }
}

package dev.sluice.pipeline;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * For test classes that take all cores for minutes, or whose processes have to answer each other in
 * seconds: of these, one class runs at a time, in whatever process, since two starve each other.
 */
public final class Alone implements BeforeAllCallback, AfterAllCallback {
  private static final Path LOCK = Path.of("target/alone.lock");

  private FileChannel channel;

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    Files.createDirectories(LOCK.getParent());
    channel = FileChannel.open(LOCK, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    channel.lock(); // waits; the end of the process gives it back, too
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    channel.close();
  }
}

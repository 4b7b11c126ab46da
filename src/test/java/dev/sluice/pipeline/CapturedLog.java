package dev.sluice.pipeline;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/** All that is logged at INFO and above while it is open, in place of the console. */
public final class CapturedLog implements AutoCloseable {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final LoggerContext context = (LoggerContext) LogManager.getContext(false);
  private final Map<String, Appender> console = Map.copyOf(root().getAppenders());
  private final Appender capture =
      new AbstractAppender("capture", null, null, true, Property.EMPTY_ARRAY) {
        @Override
        public void append(LogEvent event) {
          StringBuilder line = new StringBuilder(event.getLoggerName());
          line.append(' ').append(event.getMessage().getFormattedMessage());
          for (Throwable cause = event.getThrown(); cause != null; cause = cause.getCause()) {
            line.append('\n').append(cause);
          }
          lines.add(line.toString());
        }
      };

  public CapturedLog() {
    capture.start();
    console.keySet().forEach(root()::removeAppender);
    root().addAppender(capture, null, null);
    Configurator.setAllLevels("", Level.INFO);
  }

  private LoggerConfig root() {
    return context.getConfiguration().getRootLogger();
  }

  /** Returns each line with its logger in front. */
  public List<String> lines() {
    return lines;
  }

  @Override
  public void close() {
    root().removeAppender("capture");
    context.reconfigure();
  }
}

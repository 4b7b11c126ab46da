package dev.sluice.pipeline;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** The transactions of a job of which Flink's committer logs that their producer is fenced. */
final class FencedTransactions extends AbstractAppender implements AutoCloseable {
  private static final Logger COMMITTER =
      (Logger)
          LogManager.getLogger("org.apache.flink.connector.kafka.sink.internal.KafkaCommitter");

  private final Pattern id;
  private final Set<String> ids = new ConcurrentSkipListSet<>();

  FencedTransactions(String transactionalIdPrefix) {
    super("fenced", null, null, true, Property.EMPTY_ARRAY);
    id = Pattern.compile(Pattern.quote(transactionalIdPrefix) + ":[\\w.-]+");
    start();
    COMMITTER.addAppender(this);
  }

  @Override
  public void append(LogEvent event) {
    String message = event.getMessage().getFormattedMessage();
    Matcher matcher = id.matcher(message);
    if (message.contains("already fenced") && matcher.find()) {
      ids.add(matcher.group());
    }
  }

  /** Returns what has become of them by what the brokers say: names of Kafka's states. */
  Set<String> states(String bootstrapServers) throws Exception {
    try (Admin admin =
        Admin.create(Map.<String, Object>of("bootstrap.servers", bootstrapServers))) {
      Set<String> states = new TreeSet<>();
      for (TransactionDescription found : admin.describeTransactions(ids).all().get().values()) {
        states.add(found.state().toString());
      }
      return states;
    }
  }

  /** Returns how many there are. */
  int count() {
    return ids.size();
  }

  @Override
  public void close() {
    COMMITTER.removeAppender(this);
    stop();
  }
}

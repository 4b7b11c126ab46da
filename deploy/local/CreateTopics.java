import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** Creates the topics of a file that are not there yet: CreateTopics.java BOOTSTRAP_SERVERS FILE. */
public class CreateTopics {
  /** Runs it. */
  public static void main(String[] args) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", args[0]))) {
      Set<String> there = admin.listTopics().names().get();
      List<NewTopic> missing = new ArrayList<>();
      for (String line : Files.readAllLines(Path.of(args[1]))) {
        if (line.isBlank() || line.startsWith("#")) {
          continue;
        }
        String[] words = line.trim().split("\\s+");
        if (there.contains(words[0])) {
          continue;
        }
        Map<String, String> settings = new HashMap<>();
        for (int i = 2; i < words.length; i++) {
          String[] setting = words[i].split("=", 2);
          settings.put(setting[0], setting[1]);
        }
        missing.add(
            new NewTopic(words[0], Integer.parseInt(words[1]), (short) 1).configs(settings));
      }
      admin.createTopics(missing).all().get();
    }
  }
}

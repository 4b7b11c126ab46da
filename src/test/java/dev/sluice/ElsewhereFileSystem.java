package dev.sluice;

import java.net.URI;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemFactory;
import org.apache.flink.core.fs.local.LocalFileSystem;

/** A file system that Flink takes for a remote one: {@code elsewhere:/path}. */
public final class ElsewhereFileSystem extends LocalFileSystem {
  @Override
  public URI getUri() {
    return URI.create("elsewhere:///");
  }

  @Override
  public boolean isDistributedFS() {
    return true;
  }

  /** Found by Flink through the service of its name. */
  public static final class Factory implements FileSystemFactory {
    @Override
    public String getScheme() {
      return "elsewhere";
    }

    @Override
    public FileSystem create(URI uri) {
      return new ElsewhereFileSystem();
    }
  }
}

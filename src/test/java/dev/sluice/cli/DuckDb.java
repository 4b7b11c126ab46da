package dev.sluice.cli;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** DuckDB in this process: another tool that writes Parquet and computes statistics. */
public final class DuckDb implements AutoCloseable {
  private final Connection connection;

  public DuckDb() throws SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:");
  }

  public void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /**
   * Writes the rows of a query as Parquet.
   *
   * @param options of {@code COPY}, such as {@code COMPRESSION gzip}
   */
  public Path parquet(String query, Path file, String options) throws SQLException {
    run("COPY (" + query + ") TO '" + file + "' (FORMAT parquet, " + options + ")");
    return file;
  }

  /** Takes the rows of an answer. */
  public interface Rows {
    void take(ResultSet row) throws SQLException;
  }

  public void query(String sql, Rows rows) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        rows.take(result);
      }
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}

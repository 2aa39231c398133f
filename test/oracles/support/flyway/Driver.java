import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.output.BaselineResult;
import org.flywaydb.core.api.output.CleanResult;
import org.flywaydb.core.api.output.MigrateResult;
import org.flywaydb.core.api.output.RepairOutput;
import org.flywaydb.core.api.output.RepairResult;
import org.flywaydb.core.api.output.ValidateOutput;
import org.flywaydb.core.api.output.ValidateResult;

/**
 * Drives Flyway 9 to 13 as a library. A request is one line {@code op TAB key=value TAB ...}, keys without
 * {@code flyway.}, with backslash, tab, line feed and carriage return written {@code \\ \t \n \r}. An answer is one
 * line of JSON: {@code {"value": ...}} or {@code {"error": class, "message": text}}. The end of input ends it, even
 * in the middle of a migration that hangs.
 */
public final class Driver {
  public static void main(String[] args) throws Exception {
    PrintStream answers = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    System.setOut(System.err);
    ExecutorService worker = Executors.newSingleThreadExecutor();
    BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = requests.readLine(); line != null; line = requests.readLine()) {
      String request = line;
      worker.execute(() -> answers.print(json(answer(request)) + "\n"));
    }
    Runtime.getRuntime().halt(0);
  }

  private static Map<String, Object> answer(String request) {
    try {
      String[] fields = request.split("\t", -1);
      Map<String, String> configuration = new LinkedHashMap<>();
      for (String field : Arrays.asList(fields).subList(1, fields.length)) {
        int equals = field.indexOf('=');
        configuration.put("flyway." + unescape(field.substring(0, equals)), unescape(field.substring(equals + 1)));
      }
      return object("value", run(fields[0], Flyway.configure().configuration(configuration).load()));
    } catch (Throwable error) {
      return object("error", error.getClass().getSimpleName(), "message", error.getMessage());
    }
  }

  private static Object run(String op, Flyway flyway) {
    switch (op) {
      case "info": return list(Arrays.asList(flyway.info().all()), Driver::entry);
      case "validate": return validate(flyway.validateWithResult());
      case "migrate": return migrate(flyway.migrate());
      case "repair": return repair(flyway.repair());
      case "baseline":
        BaselineResult baseline = flyway.baseline();
        return object("baselineVersion", baseline.baselineVersion, "warnings", baseline.warnings);
      case "clean":
        CleanResult clean = flyway.clean();
        return object("schemasCleaned", clean.schemasCleaned, "warnings", clean.warnings);
      default: throw new IllegalArgumentException("Unknown operation " + op);
    }
  }

  private static Object entry(MigrationInfo info) {
    return object(
        "category", category(info),
        "version", info.getVersion() == null ? null : info.getVersion().getVersion(),
        "description", info.getDescription(),
        "type", info.getType().name(),
        "script", info.getScript(),
        "state", info.getState().getDisplayName(),
        "checksum", info.getChecksum(),
        "installedRank", info.getInstalledRank(),
        "installedOn", info.getInstalledOn() == null ? null : info.getInstalledOn().toInstant().toString(),
        "installedBy", info.getInstalledBy(),
        "physicalLocation", info.getPhysicalLocation());
  }

  /** As the command line of Flyway names it. */
  private static String category(MigrationInfo info) {
    if (info.getType().isSynthetic()) return "";
    if (info.getVersion() == null) return "Repeatable";
    if (info.getType().isUndo()) return "Undo";
    return info.getType().isBaseline() ? "Baseline" : "Versioned";
  }

  private static Object validate(ValidateResult result) {
    return list(result.invalidMigrations, (ValidateOutput bad) -> object(
        "version", bad.version,
        "description", bad.description,
        "physicalLocation", bad.filepath,
        "errorCode", String.valueOf(bad.errorDetails.errorCode),
        "errorMessage", bad.errorDetails.errorMessage));
  }

  private static Object migrate(MigrateResult result) {
    return object(
        "initialSchemaVersion", result.initialSchemaVersion,
        "targetSchemaVersion", result.targetSchemaVersion,
        "migrations", list(result.migrations, (done) -> object(
            "category", done.category,
            "version", done.version,
            "description", done.description,
            "type", done.type,
            "physicalLocation", done.filepath)),
        "warnings", result.warnings);
  }

  private static Object repair(RepairResult result) {
    return object(
        "actions", result.repairActions,
        "removed", list(result.migrationsRemoved, Driver::repaired),
        "deleted", list(result.migrationsDeleted, Driver::repaired),
        "aligned", list(result.migrationsAligned, Driver::repaired),
        "warnings", result.warnings);
  }

  private static Object repaired(RepairOutput row) {
    return object("version", row.version, "description", row.description);
  }

  private static <T> List<Object> list(List<T> items, java.util.function.Function<T, Object> shape) {
    return items == null ? List.of() : items.stream().map(shape).collect(Collectors.toList());
  }

  private static Map<String, Object> object(Object... pairs) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) fields.put((String) pairs[i], pairs[i + 1]);
    return fields;
  }

  private static String json(Object value) {
    if (value instanceof Map<?, ?> fields) {
      return fields.entrySet().stream()
          .map((field) -> json(field.getKey()) + ":" + json(field.getValue()))
          .collect(Collectors.joining(",", "{", "}"));
    }
    if (value instanceof List<?> items) {
      return items.stream().map(Driver::json).collect(Collectors.joining(",", "[", "]"));
    }
    if (value == null || value instanceof Number || value instanceof Boolean) return String.valueOf(value);
    StringBuilder text = new StringBuilder("\"");
    for (char c : value.toString().toCharArray()) {
      if (c < ' ' || c == '"' || c == '\\' || c > '~') text.append(String.format("\\u%04x", (int) c));
      else text.append(c);
    }
    return text.append('"').toString();
  }

  private static String unescape(String text) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') c = switch (text.charAt(++i)) {
        case 't' -> '\t';
        case 'n' -> '\n';
        case 'r' -> '\r';
        default -> text.charAt(i);
      };
      plain.append(c);
    }
    return plain.toString();
  }
}

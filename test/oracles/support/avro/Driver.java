import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.apache.avro.Protocol;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;
import org.apache.avro.idl.IdlFile;
import org.apache.avro.idl.IdlReader;
import org.apache.avro.ipc.SocketServer;
import org.apache.avro.ipc.SocketTransceiver;
import org.apache.avro.ipc.generic.GenericRequestor;
import org.apache.avro.ipc.generic.GenericResponder;
import org.apache.avro.util.RandomData;

/** Answers a line of questions with a line of answers, both JSON arrays. */
public final class Driver {
  private static final ObjectMapper json = new ObjectMapper();

  public static void main(String[] args) throws Exception {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      ArrayNode answers = json.createArrayNode();
      for (JsonNode question : json.readTree(line)) answers.add(answer(question));
      out.print(json.writeValueAsString(answers) + "\n");
      out.flush();
    }
  }

  private static ObjectNode answer(JsonNode question) {
    ObjectNode answer = json.createObjectNode();
    try {
      switch (question.get("ask").asText()) {
        case "schema":
          answer.put("schema", new Schema.Parser().parse(question.get("text").asText()).toString());
          break;
        case "compatibility":
          compare(question, answer);
          break;
        case "messages":
          compareMessages(question, answer);
          break;
        case "call":
          call(question, answer);
          break;
        case "protocol":
          answer.put("protocol", Protocol.parse(question.get("text").asText()).toString());
          break;
        case "idl":
          readIdl(Path.of(question.get("path").asText()), answer);
          break;
        default:
          throw new IllegalArgumentException("No such question.");
      }
    } catch (Throwable e) {
      answer.removeAll();
      answer.put("refused", e.getClass().getSimpleName() + ": " + e.getMessage());
    }
    return answer;
  }

  private static void compare(JsonNode question, ObjectNode answer) {
    Schema reader = new Schema.Parser().parse(question.get("reader").asText());
    Schema writer = new Schema.Parser().parse(question.get("writer").asText());
    ArrayNode found = json.createArrayNode();
    compare(reader, writer, "", found);
    answer.set("incompatibilities", found);
  }

  private static void compare(Schema reader, Schema writer, String of, ArrayNode found) {
    for (Incompatibility one : SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getResult()
        .getIncompatibilities()) {
      found.add(of + one.getType() + "@" + one.getLocation() + " : " + one.getMessage());
    }
  }

  /** A server reads what clients ask, and they read what it answers. */
  private static void compareMessages(JsonNode question, ObjectNode answer) {
    Protocol client = Protocol.parse(question.get("client").asText());
    Protocol server = Protocol.parse(question.get("server").asText());
    ArrayNode found = json.createArrayNode();
    for (Protocol.Message asked : client.getMessages().values()) {
      Protocol.Message served = server.getMessages().get(asked.getName());
      if (served == null || served.isOneWay() != asked.isOneWay()) continue;
      compare(served.getRequest(), asked.getRequest(), asked.getName() + " request ", found);
      compare(asked.getResponse(), served.getResponse(), asked.getName() + " response ", found);
      compare(asked.getErrors(), served.getErrors(), asked.getName() + " errors ", found);
    }
    answer.set("incompatibilities", found);
  }

  /** A client calls a message of a server, with data that comes as it comes. */
  private static void call(JsonNode question, ObjectNode answer) throws Exception {
    Protocol client = Protocol.parse(question.get("client").asText());
    Protocol server = Protocol.parse(question.get("server").asText());
    String name = question.get("message").asText();
    GenericResponder responder = new GenericResponder(server) {
      @Override
      public Object respond(Protocol.Message message, Object request) {
        return new RandomData(message.getResponse(), 1, 7).iterator().next();
      }
    };
    Object request = new RandomData(client.getMessages().get(name).getRequest(), 1, 7).iterator().next();
    SocketServer listener = new SocketServer(responder, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    listener.start();
    try (SocketTransceiver socket = new SocketTransceiver(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.getPort()))) {
      GenericRequestor requestor = new GenericRequestor(client, socket);
      // The first call is the handshake.
      for (int count = 0; count < 2; count++) requestor.request(name, request);
    } finally {
      listener.close();
    }
    answer.put("called", true);
  }

  private static void readIdl(Path path, ObjectNode answer) throws Exception {
    IdlFile file = new IdlReader().parse(path);
    ObjectNode types = json.createObjectNode();
    for (Map.Entry<String, Schema> one : file.getNamedSchemas().entrySet()) {
      types.put(one.getKey(), one.getValue().toString());
    }
    answer.set("types", types);
    if (file.getProtocol() != null) answer.put("protocol", file.getProtocol().toString());
    if (file.getMainSchema() != null) answer.put("schema", file.getMainSchema().toString());
  }
}

package io.aifs.schemas.artifact;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** The text of manifests: each file on a line, for people who look into a ZIP file. */
final class ManifestText {
  private static final JsonFactory JSON = new JsonFactory();

  static byte[] of(ArtifactManifest manifest) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(out, JsonEncoding.UTF8)) {
      Lines lines = new Lines();
      DefaultPrettyPrinter printer = new DefaultPrettyPrinter().withObjectIndenter(lines);
      printer.indentArraysWith(lines);
      json.setPrettyPrinter(printer);
      write(manifest, json, lines);
      json.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException("writing into memory failed", e);
    }
    return out.toByteArray();
  }

  private static void write(ArtifactManifest manifest, JsonGenerator json, Lines lines)
      throws IOException {
    json.writeStartObject();
    json.writeNumberField("version", 1);
    json.writeStringField("name", manifest.name());
    json.writeArrayFieldStart("files");
    for (ArtifactFile file : manifest.files()) {
      lines.startElement(json);
      json.writeStringField("path", file.path());
      json.writeNumberField("size", file.size());
      json.writeStringField("blake3", file.blake3().hex());
      json.writeStringField("media_type", file.mediaType());
      lines.endElement(json);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("dependencies");
    for (ArtifactDependency dependency : manifest.dependencies()) {
      lines.startElement(json);
      json.writeStringField("name", dependency.name());
      if (dependency.version().isPresent()) {
        json.writeStringField("version", dependency.version().get());
      }
      if (dependency.asset().isPresent()) {
        json.writeStringField("asset", dependency.asset().get().hex());
      }
      lines.endElement(json);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("lineage");
    for (ArtifactParent parent : manifest.lineage()) {
      lines.startElement(json);
      json.writeStringField("parent", parent.parent().hex());
      json.writeStringField("transform", parent.transform());
      lines.endElement(json);
    }
    json.writeEndArray();
    json.writeObjectFieldStart("metadata");
    for (Map.Entry<String, String> entry : manifest.metadata().entrySet()) {
      json.writeStringField(entry.getKey(), entry.getValue());
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  /** A line for each member and each element of a list; what is inside these stays on it. */
  private static final class Lines extends DefaultIndenter {
    private static final long serialVersionUID = 1L;

    private boolean inElement;

    Lines() {
      super("  ", "\n");
    }

    void startElement(JsonGenerator json) throws IOException {
      json.writeStartObject();
      inElement = true;
    }

    void endElement(JsonGenerator json) throws IOException {
      json.writeEndObject();
      inElement = false;
    }

    @Override
    public void writeIndentation(JsonGenerator json, int level) throws IOException {
      if (inElement) {
        json.writeRaw(' ');
      } else {
        super.writeIndentation(json, level);
      }
    }
  }

  private ManifestText() {}
}

package io.aifs.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.ArrayContent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class RangeProofsTest {
  private final byte[] content = "bytes of an asset".getBytes(US_ASCII);
  private final byte[] proof = ArrayContent.prove(content, 6, 2).toBytes();

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(US_ASCII));
  }

  @Test
  void aRangeIsVerifiedWithNothingButItsProof() throws IOException {
    assertThat(RangeProofs.verify(proof, bytes("of")).asset()).isEqualTo(Digest.of(content));
    assertThat(RangeProofs.verify(proof, bytes("of"), Digest.of(content)).offset()).isEqualTo(6);
  }

  @Test
  void otherBytesAnotherAssetAndOtherFilesAreRefused() {
    for (String wrong : new String[] {"or", "o", "of ", ""}) {
      assertThatThrownBy(() -> RangeProofs.verify(proof, bytes(wrong)))
          .isInstanceOfSatisfying(
              AifsException.Corrupt.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.PROOF_BROKEN));
    }
    Digest other = Digest.of(new byte[0]);
    assertThatThrownBy(() -> RangeProofs.verify(proof, bytes("of"), other))
        .isInstanceOf(AifsException.Corrupt.class)
        .hasMessage("the proof is about asset " + Digest.of(content) + ", not " + other);
    assertThatThrownBy(() -> RangeProofs.verify(content, bytes("of")))
        .isInstanceOf(AifsException.Corrupt.class)
        .hasMessage("this is not a range proof");
  }

  @Test
  void laterVersionsAreNotCalledWrong() {
    proof[9] = 2;
    assertThatThrownBy(() -> RangeProofs.verify(proof, bytes("of")))
        .isInstanceOfSatisfying(
            AifsException.Unsupported.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.FORMAT_NEWER))
        .hasMessageContaining("version 2");
  }
}

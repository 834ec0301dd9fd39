package org.reassign.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.reassign.core.Transcript;

/** What becomes of an entry from first sight to last answer, as transcripts. */
class LedgerTranscriptTest {
    @TestFactory
    List<DynamicTest> transcripts() throws IOException {
        List<DynamicTest> tests =
                Transcript.tests(Path.of("src/test/resources/transcripts/ledger"), () -> new LedgerStory()::play);
        assertThat(tests).hasSizeGreaterThanOrEqualTo(10);
        return tests;
    }
}

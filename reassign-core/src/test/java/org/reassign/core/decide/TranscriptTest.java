package org.reassign.core.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.reassign.core.Transcript;

/** The worked cases of the protocol as transcripts of one partition. */
class TranscriptTest {
    @TestFactory
    List<DynamicTest> transcripts() throws IOException {
        List<DynamicTest> tests = Transcript.tests(Path.of("src/test/resources/transcripts"), () -> new Story()::play);
        assertThat(tests).hasSizeGreaterThanOrEqualTo(16);
        return tests;
    }
}

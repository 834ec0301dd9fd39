package org.reassign.plugin.kafkabrokers;

/** Why a broker could not be commanded: one sentence that names the broker, its address and the remedy. */
final class GatewayException extends RuntimeException {
    private static final long serialVersionUID = 1;

    GatewayException(String sentence) {
        super(sentence);
    }

    GatewayException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}

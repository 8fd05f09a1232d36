namespace HostingOps.Aws.Wire;

/// <summary>The answer is not the document that was expected; the message says what came instead, without quoting it.</summary>
internal sealed class AnswerUnreadableException(string message, Exception? innerException) : Exception(message, innerException);

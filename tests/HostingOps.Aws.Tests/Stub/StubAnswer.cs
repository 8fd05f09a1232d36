namespace HostingOps.Aws.Tests.Stub;

/// <summary>What the stub does with a request.</summary>
internal sealed record StubAnswer(int Status, string Body, string ContentType = "text/xml", string? Location = null)
{
    /// <summary>Never answers.</summary>
    public static StubAnswer Silence { get; } = new(0, "silence");

    /// <summary>Closes the connection without a byte.</summary>
    public static StubAnswer HangUp { get; } = new(0, "hang up");

    public static StubAnswer Xml(string body) => new(200, body);

    /// <summary>A session as the metadata service and a container's endpoint give it.</summary>
    public static StubAnswer SessionKeys(string key) => new(
        200,
        $"{{\"Code\":\"Success\",\"Type\":\"AWS-HMAC\",\"AccessKeyId\":\"{key}\",\"SecretAccessKey\":\"s\",\"Token\":\"TOKEN{key}\","
            + "\"LastUpdated\":\"2026-01-01T00:00:00Z\",\"Expiration\":\"2099-01-01T00:00:00Z\"}",
        "application/json");

    public static StubAnswer Error(int status, string code, string message) => new(
        status,
        $"<ErrorResponse xmlns=\"https://route53.amazonaws.com/doc/2013-04-01/\"><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error><RequestId>req-1</RequestId></ErrorResponse>");

    public static StubAnswer EC2Error(int status, string code, string message) => new(
        status,
        $"<Response><Errors><Error><Code>{code}</Code><Message>{message}</Message></Error></Errors><RequestID>req-2</RequestID></Response>");
}

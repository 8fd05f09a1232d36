namespace HostingOps.Aws.Tests.Stub;

/// <summary>
/// A stand-in for EC2's instance metadata service. One for all tests: the SDK reads the service's address once per process.
/// </summary>
internal static class MetadataService
{
    // Never stopped: it ends with the process, as the SDK's memory of it does.
    private static readonly StubServer Server = new((request, _) => Answer!(request));

    private static Func<StubRequest, StubAnswer>? Answer { get; set; } = WithRole;

    public static string Url => Server.Url;

    public static IEnumerable<StubRequest> Requests => Server.Requests;

    /// <summary>Lets the test's process ask it, and says what it answers.</summary>
    public static void Use(EnvironmentScope environment, Func<StubRequest, StubAnswer>? answer = null)
    {
        Answer = answer ?? WithRole;
        environment.Set("AWS_EC2_METADATA_DISABLED", null);
    }

    /// <summary>An instance whose role gives the key INSTANCE (IMDSv2).</summary>
    public static StubAnswer WithRole(StubRequest request) => (request.Method, request.Path) switch
    {
        ("PUT", "/latest/api/token") => Text("metadata-token"),
        (_, "/latest/meta-data/iam/info") => new StubAnswer(
            200, "{\"Code\":\"Success\",\"InstanceProfileArn\":\"arn:aws:iam::1:instance-profile/x\",\"InstanceProfileId\":\"x\"}", "application/json"),
        (_, "/latest/meta-data/iam/security-credentials/") => Text("the-role"),
        (_, "/latest/meta-data/iam/security-credentials/the-role") => StubAnswer.SessionKeys("INSTANCE"),
        _ => Text("", 404),
    };

    /// <summary>An instance that has no role.</summary>
    public static StubAnswer WithoutRole(StubRequest request) => request.Method == "PUT" ? Text("metadata-token") : Text("", 404);

    private static StubAnswer Text(string body, int status = 200) => new(status, body, "text/plain");
}

namespace HostingOps.Sandbox.Api;

/// <summary>An error answer of an AWS service.</summary>
internal sealed class ApiException(int status, string code, string message) : Exception(message)
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>AWS's code, for example <c>NoSuchHostedZone</c>.</summary>
    public string Code { get; } = code;
}

namespace HostingOps.Sandbox.Http;

/// <summary>The client sent what is no HTTP/1.1 request: answered with the status, and the connection is closed.</summary>
internal sealed class HttpProtocolException(int status, string message) : Exception(message)
{
    /// <summary>The status to answer: 400, 413, 417, 431, 501 or 505.</summary>
    public int Status { get; } = status;
}

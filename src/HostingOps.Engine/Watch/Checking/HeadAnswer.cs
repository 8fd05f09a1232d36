namespace HostingOps.Engine.Watch.Checking;

/// <summary>The head of an answer to HEAD.</summary>
/// <param name="StatusCode">100 to 999.</param>
/// <param name="IsReusable">Whether the connection may be asked again.</param>
internal readonly record struct HeadAnswer(int StatusCode, bool IsReusable);

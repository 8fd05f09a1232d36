namespace HostingOps.Engine.State;

/// <summary>Who is at work, as the journal and the marker record name them.</summary>
internal static class OperatorIdentity
{
    /// <summary><c>user@machine</c> of this process; <c>unknown</c> for a user id without a name, as containers have.</summary>
    public static string Current()
    {
        var user = Environment.UserName;
        return $"{(string.IsNullOrWhiteSpace(user) ? "unknown" : user)}@{Environment.MachineName}";
    }
}

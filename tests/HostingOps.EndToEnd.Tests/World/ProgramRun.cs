using System.Text.Json;

namespace HostingOps.EndToEnd.Tests.World;

/// <summary>What a finished program left.</summary>
/// <param name="Code">Its exit code; 128 + the signal's number when a signal killed it.</param>
/// <param name="Out">All of stdout.</param>
/// <param name="Error">All of stderr.</param>
internal sealed record ProgramRun(int Code, string Out, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Out).RootElement;

    /// <summary>The one item of a JSON array on stdout.</summary>
    public JsonElement Single => Assert.Single(Json.EnumerateArray());

    /// <summary>The error object on the last line of stderr.</summary>
    public JsonElement ErrorJson => JsonDocument.Parse(Error.TrimEnd().Split('\n')[^1]).RootElement.GetProperty("error");

    public string ErrorId => ErrorJson.GetProperty("id").GetString()!;

    public string ErrorMessage => ErrorJson.GetProperty("message").GetString()!;

    public ProgramRun Ended(int code)
    {
        Assert.True(code == Code, $"Expected exit code {code}, got {Code}.\nstdout:\n{Out}\nstderr:\n{Error}");
        return this;
    }
}

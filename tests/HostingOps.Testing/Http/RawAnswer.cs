using System.Text;

namespace HostingOps.Testing.Http;

/// <summary>An answer that may be as wrong as the real ones are: cut short, slow, endless, with a length that is not so.</summary>
public sealed record RawAnswer(int Status)
{
    /// <summary>Field lines in order; a value's characters are its bytes (Latin-1).</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public byte[] Body { get; init; } = [];

    /// <summary>How many times the body is sent in a row.</summary>
    public long Times { get; init; } = 1;

    /// <summary>What Content-Length says; null for what is so.</summary>
    public long? Length { get; init; }

    /// <summary>Without Content-Length, in chunks.</summary>
    public bool Chunked { get; init; }

    /// <summary>The connection is closed after so many bytes of the body.</summary>
    public int? CutAfter { get; init; }

    /// <summary>Pieces that the body is sent in.</summary>
    public int Pieces { get; init; } = 1;

    /// <summary>Time between pieces.</summary>
    public TimeSpan Pause { get; init; }

    /// <summary>Nothing follows the first piece, and the connection stays open.</summary>
    public bool Stalls { get; init; }

    public static RawAnswer Text(int status, string type, string body) => Of(status, type, Encoding.UTF8.GetBytes(body));

    public static RawAnswer Of(int status, string type, byte[] body) => new(status) { Headers = [("Content-Type", type)], Body = body };

    public static RawAnswer Redirect(int status, string location) => new(status) { Headers = [("Location", location)] };

    public RawAnswer With(string name, string value) => this with { Headers = [.. Headers, (name, value)] };

    public string? Header(string name) => Headers.FirstOrDefault(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
}

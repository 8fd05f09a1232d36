using System.Text.Json;

namespace HostingOps.Agent.Json;

/// <summary>
/// One JSON array, written item by item as they come, an item a line. Disposing ends it, so that what was written is one
/// valid document however the work ended.
/// </summary>
internal sealed class JsonArrayWriter : IDisposable
{
    private readonly TextWriter writer;
    private bool any;

    public JsonArrayWriter(TextWriter writer)
    {
        this.writer = writer;
        writer.Write('[');
    }

    public void Write<T>(T item)
    {
        writer.Write(any ? ",\n" : "\n");
        writer.Write(JsonSerializer.Serialize(item, AgentJson.Compact));
        writer.Flush();
        any = true;
    }

    public void Dispose()
    {
        writer.Write(any ? "\n]\n" : "]\n");
        writer.Flush();
    }
}

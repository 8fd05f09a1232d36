using System.Globalization;

namespace HostingOps.Engine.Watch.Metrics;

/// <summary>
/// Writes samples in Prometheus's text format 0.0.4, or in OpenMetrics 1.0 where the reader asks for it. A family's samples are
/// written one after the other, right behind its head.
/// </summary>
internal sealed class MetricsText(TextWriter writer, bool openMetrics)
{
    /// <summary>The content type of Prometheus's text format.</summary>
    public const string PlainType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>The content type of OpenMetrics.</summary>
    public const string OpenMetricsType = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    /// <summary>The head of a gauge.</summary>
    public void Gauge(string name, string help) => Head(name, "gauge", help);

    /// <summary>The head of a counter, whose name ends in <c>_total</c>. OpenMetrics names the family without it.</summary>
    public void Counter(string name, string help) =>
        Head(openMetrics ? name[..^"_total".Length] : name, "counter", help);

    /// <summary>The head of a histogram.</summary>
    public void Histogram(string name, string help) => Head(name, "histogram", help);

    /// <summary>One sample.</summary>
    public void Sample(string name, double value, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        writer.Write(name);
        if (labels.Length > 0)
        {
            var mark = '{';
            foreach (var (label, text) in labels)
            {
                writer.Write(mark);
                writer.Write(label);
                writer.Write("=\"");
                Escaped(text, quote: true);
                writer.Write('"');
                mark = ',';
            }

            writer.Write('}');
        }

        writer.Write(' ');
        writer.Write(Number(value));
        writer.Write('\n');
    }

    /// <summary>The end of the page.</summary>
    public void End()
    {
        if (openMetrics)
        {
            writer.Write("# EOF\n");
        }
    }

    /// <summary>A value as both formats have it.</summary>
    public static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf"
        : double.IsNegativeInfinity(value) ? "-Inf"
        : value.ToString("R", CultureInfo.InvariantCulture);

    private void Head(string name, string type, string help)
    {
        writer.Write("# HELP ");
        writer.Write(name);
        writer.Write(' ');
        Escaped(help, quote: openMetrics);
        writer.Write("\n# TYPE ");
        writer.Write(name);
        writer.Write(' ');
        writer.Write(type);
        writer.Write('\n');
    }

    private void Escaped(string text, bool quote)
    {
        if (text.AsSpan().IndexOfAny('\\', '\n', '"') < 0)
        {
            writer.Write(text);
            return;
        }

        foreach (var letter in text)
        {
            switch (letter)
            {
                case '\\':
                    writer.Write("\\\\");
                    break;
                case '\n':
                    writer.Write("\\n");
                    break;
                case '"' when quote:
                    writer.Write("\\\"");
                    break;
                default:
                    writer.Write(letter);
                    break;
            }
        }
    }
}

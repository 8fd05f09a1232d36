using System.Runtime.CompilerServices;

namespace HostingOps.Bench.Certainty;

/// <summary>
/// What a look at a site sees, packet by packet: SYNs are sent again after 1 s and 3 s (RFC 6298), flights on an open connection
/// after a quarter of a second and then twice as late each time. The same look at the same moment sees the same.
/// </summary>
internal sealed class World(FleetDay day)
{
    private static readonly double[] Syns = [0, 1, 3, 7];
    private static readonly double[] Flights = [0, 0.25, 0.75, 1.75, 3.75, 7.75];

    private readonly double medianLog = Math.Log(day.Model.AnswerMedian);

    public FleetDay Day => day;

    /// <summary>The time an answer takes its server on a good day, at a quantile.</summary>
    public double AnswerTime(double quantile) => Math.Exp(medianLog + (day.Model.AnswerSigma * Normal.Quantile(quantile)));

    public Sighting See(in Look look) => See(look, day.On(look.Site, look.Standby, look.Vantage));

    /// <summary>Whether a known-good address answers the observer: nothing stands between them but the observer's own line.</summary>
    public Sighting SeeKnownGood(int number, double at) => See(new Look(Fleet.Observer, -1 - number, false, at), day.Uplink);

    private Sighting See(in Look look, Condition[] all)
    {
        var near = default(Near);
        var count = 0;
        for (var i = 0; i < all.Length && all[i].Start < look.Start + look.Within && count < Near.Length; i++)
        {
            if (all[i].End > look.Start && (all[i].Vantage < 0 || all[i].Vantage == look.Vantage))
            {
                near[count++] = i;
            }
        }

        return new Way(this, look, all, near, count).Walk();
    }

    /// <summary>The places of the conditions that a look may meet.</summary>
    [InlineArray(Length)]
    private struct Near
    {
        public const int Length = 16;

        private int first;
    }

    /// <summary>One look under way.</summary>
    private ref struct Way(World world, in Look look, Condition[] all, Near near, int count)
    {
        private readonly Look look = look;
        private readonly Near near = near;
        private readonly Draws draws = world.Day.Draws.OfLook(look.Vantage, look.Site, look.Standby, look.Start, look.Turn);
        private readonly double background = Fleet.BackgroundLoss(look.Vantage, world.Day.Model);
        private readonly double roundTrip = Fleet.RoundTrip(look.Vantage);

        public Sighting Walk()
        {
            var deadline = look.Start + look.Within;
            var from = look.Start;
            var connected = from;
            if (!look.Kept)
            {
                var syn = Arrival(from, Syns, 2, look.Odd.Syns, Math.Min(deadline, from + look.ConnectWithin), 0);
                if (double.IsInfinity(syn))
                {
                    return new(SightingKind.Silent, syn, Math.Min(deadline, from + look.ConnectWithin));
                }

                connected = syn + roundTrip;
                if (Meets(Effect.Refused, syn))
                {
                    return new(SightingKind.Refused, connected, connected);
                }

                deadline = Math.Min(deadline, connected + look.AnswerWithin);

                // The certificate's flight is of several packets.
                var handshake = Arrival(connected, Flights, 4, look.Odd.Handshakes, deadline, 16);
                if (double.IsInfinity(handshake) || Meets(Effect.Hung, handshake))
                {
                    return new(SightingKind.NoAnswer, connected, deadline);
                }

                if (Meets(Effect.Refused, handshake))
                {
                    return new(SightingKind.Refused, connected, handshake + roundTrip);
                }

                if (look.Validates && Meets(Effect.BadCertificate, handshake))
                {
                    return new(SightingKind.BadCertificate, connected, handshake + roundTrip);
                }

                from = handshake + roundTrip;
            }
            else if (look.Validates && Meets(Effect.BadCertificate, from))
            {
                // Its end is looked at on an open connection as well.
                return new(SightingKind.BadCertificate, connected, from);
            }

            var seen = Ask(from, deadline, connected, look.Odd.Requests, look.Odd.SlowerThan, isHead: look.Head, slot: 32);
            return look is { Head: true, ConfirmByGet: true } ? Confirmed(seen, deadline) : seen;
        }

        // As RouteProbe has it: GET after a HEAD that failed, and beside one that keeps silent for half of the time.
        private readonly Sighting Confirmed(in Sighting head, double deadline)
        {
            var half = look.Start + (look.Within / 2);
            if (head.At <= half ? head.Kind != SightingKind.BadStatus : head.ConnectedAt > half)
            {
                return head;
            }

            var get = Ask(Math.Min(head.At, half) + (2 * roundTrip), deadline, head.ConnectedAt, 0, 0, isHead: false, slot: 64);
            return head.Answers && (!get.Answers || head.At <= get.At) ? head : get;
        }

        private readonly Sighting Ask(double from, double deadline, double connected, int lost, double slowerThan, bool isHead, int slot)
        {
            var asked = Arrival(from, Flights, 1, lost, deadline, slot);
            if (double.IsInfinity(asked) || Meets(Effect.Hung, asked))
            {
                return new(SightingKind.NoAnswer, connected, deadline);
            }

            if (Meets(Effect.Refused, asked))
            {
                return new(SightingKind.Refused, connected, asked + roundTrip);
            }

            var fails = Strength(Effect.Errors, asked) is var share and > 0 && draws.Unit(slot + 10) < share;
            var quantile = slowerThan + ((1 - slowerThan) * draws.Unit(slot + 11));
            var slow = Strength(Effect.Slow, asked);

            // A router or a firewall refuses HEAD before any page is made.
            var refusesHead = isHead && look.Site >= 0 && world.Day.RefusesHead(look.Site);
            var took = fails || refusesHead ? 0 : slow > 0 ? slow * Math.Exp(0.5 * Normal.Quantile(quantile)) : world.AnswerTime(quantile);
            var answered = asked + took < deadline ? Arrival(asked + took, Flights, 1, 0, deadline, slot + 12) : double.PositiveInfinity;
            return answered + roundTrip > deadline ? new(SightingKind.NoAnswer, connected, deadline)
                : Meets(Effect.Refused, asked + (took / 2)) ? new(SightingKind.Refused, connected, answered + roundTrip)
                : new(fails || refusesHead ? SightingKind.BadStatus : SightingKind.Answers, connected, answered + roundTrip);
        }

        // When something that is sent again and again comes through, or infinity.
        private readonly double Arrival(double from, double[] offsets, int packets, int lost, double deadline, int slot)
        {
            for (var i = 0; i < offsets.Length && from + offsets[i] < deadline; i++)
            {
                var at = from + offsets[i];
                if (i >= lost && ((lost < 0 && i == 0) || draws.Unit(slot + i) < Passes(at, packets)))
                {
                    return at;
                }
            }

            return double.PositiveInfinity;
        }

        private readonly double Passes(double at, int packets)
        {
            var each = 1 - background;
            for (var i = 0; i < count; i++)
            {
                ref readonly var condition = ref all[near[i]];
                if (condition.Effect <= Effect.Loss && condition.Holds(at))
                {
                    if (condition.Effect == Effect.Silent)
                    {
                        return 0;
                    }

                    each *= 1 - condition.Strength;
                }
            }

            var all4 = each * each;
            return packets switch { 1 => each, 2 => all4, _ => all4 * all4 };
        }

        private readonly bool Meets(Effect effect, double at)
        {
            for (var i = 0; i < count; i++)
            {
                ref readonly var condition = ref all[near[i]];
                if (condition.Effect == effect && condition.Holds(at))
                {
                    return true;
                }
            }

            return false;
        }

        private readonly double Strength(Effect effect, double at)
        {
            var strength = 0.0;
            for (var i = 0; i < count; i++)
            {
                ref readonly var condition = ref all[near[i]];
                if (condition.Effect == effect && condition.Holds(at))
                {
                    strength = Math.Max(strength, condition.Strength);
                }
            }

            return strength;
        }
    }
}

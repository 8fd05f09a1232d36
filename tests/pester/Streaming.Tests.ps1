# Objects as they are made, what the other streams say meanwhile, and pipelines inside and beside each other.
BeforeAll {
    $modulePath = & (Join-Path $PSScriptRoot 'Get-TestedModule.ps1')
    Import-Module $modulePath -Force
    . (Join-Path $PSScriptRoot 'World.ps1')
    $env:HOSTINGOPS_INVENTORY = $null
    $env:HOSTINGOPS_STATE = Join-Path $TestDrive 'state.db'
    $sites = 2000
}

AfterAll {
    $env:HOSTINGOPS_STATE = $null
}

Describe 'Select-Object -First 1 ends the work behind it' {
    BeforeAll {
        $server = [HostingOps.PesterWorld.CountingServer]::new(20)
        $plain = New-PlainInventory (Join-Path $TestDrive 'plain.yml') $server.Port $sites
    }

    AfterAll { $server.Dispose() }

    It 'of Test-SiteHealth, which then probes no more' {
        $before = $server.Requests
        (Test-SiteHealth -Target Primary -InventoryPath $plain | Select-Object -First 1).Status | Should -Be 'Healthy'
        $after = $server.Requests
        ($after - $before) | Should -BeLessThan ($sites / 2)
        Start-Sleep -Milliseconds 500
        $server.Requests | Should -BeLessOrEqual ($after + 64) -Because 'only what was under way may still arrive'
    }

    It 'of Get-SiteDnsTarget, which then reads no more pages of the zone' {
        $sandbox = Start-HostingSandbox -InventoryPath (New-RehearsalInventory (Join-Path $TestDrive 'zone.yml') 3000)
        try {
            ($sandbox | Get-SiteDnsTarget | Select-Object -First 1).SiteName | Should -Be 's00001'
            $read = $sandbox.ApiCalls['ListResourceRecordSets']
            $read | Should -BeLessThan 6
            $all = $sandbox | Get-SiteDnsTarget
            ($sandbox.ApiCalls['ListResourceRecordSets'] - $read) | Should -BeGreaterThan 9
            $all.SiteName | Should -Be ($sandbox | Get-HostedSite).Name -Because 'the inventory''s order is kept'
        }
        finally { $sandbox.Dispose() }
    }

    It 'of Get-HostedSite and Get-SiteFailoverHistory, without an error left behind' {
        $error.Clear()
        (Get-HostedSite -InventoryPath $plain | Select-Object -First 1).Name | Should -Be 's00001'
        Get-SiteFailoverHistory -InventoryPath $plain | Select-Object -First 1 | Should -BeNullOrEmpty
        $error | Should -HaveCount 0
    }

    It 'with break in a loop as well' {
        $before = $server.Requests
        foreach ($try in 1) { Test-SiteHealth -Target Primary -InventoryPath $plain | ForEach-Object { break } }
        ($server.Requests - $before) | Should -BeLessThan ($sites / 2)
    }

    It 'A slow consumer holds the probing back' {
        $before = $server.Requests
        $script:held = 0
        Test-SiteHealth -Target Primary -InventoryPath $plain | ForEach-Object {
            do { $script:held = $server.Requests; Start-Sleep -Seconds 1 } while ($server.Requests -ne $script:held)
            $_
        } | Select-Object -First 1 | Should -Not -BeNullOrEmpty
        ($script:held - $before) | Should -BeLessThan ($sites / 2)
    }
}

Describe 'Progress' {
    BeforeAll {
        $server = [HostingOps.PesterWorld.CountingServer]::new(2)
        $plain = New-PlainInventory (Join-Path $TestDrive 'progress.yml') $server.Port $sites

        function Get-Progress([string] $Script) {
            $shell = [powershell]::Create()
            try {
                try { $null = $shell.AddScript("Import-Module '$modulePath'; $Script").Invoke() } catch { $null = $_ }
                $shell.Streams.Progress | Where-Object Activity -NotMatch 'module'
            }
            finally { $shell.Dispose() }
        }
    }

    AfterAll { $server.Dispose() }

    It 'says percent, item and time left, seldom, and ends' {
        $seen = Get-Progress "Test-SiteHealth -Target Primary -ThrottleLimit 2 -InventoryPath '$plain' | Out-Null"
        $seen[0].PercentComplete | Should -Be 0
        $seen[-1].RecordType | Should -Be 'Completed'
        $between = $seen | Where-Object { $_.RecordType -eq 'Processing' -and $_.PercentComplete -gt 0 }
        $between.CurrentOperation | Should -Match '^s\d{5}$'
        $between[-1].StatusDescription | Should -Match "^\d+ of $($sites): s\d{5}$"
        ($between | Where-Object SecondsRemaining -GE 0) | Should -Not -BeNullOrEmpty
        $seen.Count | Should -BeLessThan ($sites / 4)
    }

    It 'ends when somebody has had enough, and after an error' {
        (Get-Progress "Test-SiteHealth -Target Primary -InventoryPath '$plain' | Select-Object -First 1")[-1].RecordType | Should -Be 'Completed'
        (Get-Progress "Test-SiteHealth -Target Primary -InventoryPath '$plain' | ForEach-Object { throw 'no' }")[-1].RecordType | Should -Be 'Completed'
    }

    It 'is silent when told so' {
        Get-Progress "`$ProgressPreference = 'SilentlyContinue'; Test-SiteHealth s000* -Target Primary -InventoryPath '$plain'" | Should -BeNullOrEmpty
    }
}

Describe 'What is asked of whom' {
    BeforeAll {
        $sandbox = Start-HostingSandbox -InventoryPath (New-RehearsalInventory (Join-Path $TestDrive 'streams.yml') 8)
        $env:PUMP_TEST_TOKEN = 'hush-hush-7e1'
        $hooked = Edit-Inventory $sandbox.InventoryPath (Join-Path $TestDrive 'hooked.yml') @{
            s00001 = '{ promote: [[echo, "key hush-hush-7e1"]] }'
        }
        $failing = Edit-Inventory $sandbox.InventoryPath (Join-Path $TestDrive 'failing.yml') @{
            s00002 = '{ after: [["false"]] }'; s00003 = '{ after: [["false"]] }'; s00004 = '{ after: [["false"]] }'
            s00005 = '{ after: [["false"]] }'; s00006 = '{ after: [["false"]] }'; s00007 = '{ after: [["false"]] }'
        }
    }

    AfterAll {
        $sandbox.Dispose()
        $env:PUMP_TEST_TOKEN = $null
    }

    It '-Verbose names each probe of a plan, and each call of AWS' {
        $said = Get-SiteFailoverPlan s00001 -Planned -InventoryPath $sandbox.InventoryPath -Verbose 4>&1 | Where-Object { $_ -is [Management.Automation.VerboseRecord] } | Out-String -Width 400
        $said | Should -Match 's00001: HEAD https://www\.s1\.example/ to left at 127\.0\.0\.1:\d+: Healthy, \d+ ms'
        $said | Should -Match 's00001: HEAD https://www\.s1\.example/ to right at '
        $said | Should -Match "Route 53 ListResourceRecordSets zone $($sandbox.ZoneId) from \S+ at $($sandbox.EndpointUrl)"
        $said | Should -Match 'Route 53 ListResourceRecordSets answered in \d+ ms'
    }

    It '-Verbose numbers the tries of a throttled call' {
        $fault = $sandbox.Faults.GetType().Assembly.GetType('HostingOps.Sandbox.Api.SandboxApiFault')
        $sandbox.Faults.FailNext('ListHostedZonesByName', [Enum]::Parse($fault, 'Throttled'), 1)
        $said = Get-SiteDnsTarget s00001 -InventoryPath $sandbox.InventoryPath -Verbose 4>&1 | Out-String -Width 400
        $said | Should -Match 'ListHostedZonesByName, try 1: Throttling after \d+ ms'
        $said | Should -Match 'ListHostedZonesByName .* at \S+, try 2'
    }

    It '-Debug shows the wire, and neither stream a secret' {
        $all = Invoke-SiteFailover s00001 -Planned -Force -InventoryPath $hooked -Verbose -Debug 4>&1 5>&1 | Out-String -Width 400
        $all | Should -Match 'HTTP HEAD https://www\.s1\.example/ at 127\.0\.0\.1:\d+: 200; connect [\d.]+ ms'
        $all | Should -Match "DNS question to $([regex]::Escape($sandbox.NameServer)) over UDP, try 1 of 3, id \d+: s00001\.sites\.example\.net"
        $all | Should -Match "DNS answer of $([regex]::Escape($sandbox.NameServer))"
        $all | Should -Match 's00001: name server \S+ says A 198\.51\.100\.7 \(TTL 60\) \(as wanted\)'
        $all | Should -Match 'echo key \*\*\*'
        $all | Should -Not -Match 'hush-hush'
        [regex]::Matches($all, 'Running ').Count | Should -Be 1
    }

    It 'A warning comes once for its cause, with the sites' {
        $results = Invoke-SiteFailover s0000[2-7] -Planned -Force -InventoryPath $failing -WarningVariable warned -WarningAction SilentlyContinue
        $results.Outcome | Sort-Object -Unique | Should -Be 'SwitchedWithWarnings'
        $warned | Should -HaveCount 1
        $warned[0].Message | Should -Match '^6 sites \(s0000\d(, s0000\d){4}, \u2026\): After hook: '
    }

    It 'A warning of the inventory comes once, however many names come down the pipeline' {
        $odd = Join-Path $TestDrive 'odd.yml'
        (Get-Content $sandbox.InventoryPath) -replace '^  ttl: 60', '  ttl: 7200' | Set-Content $odd
        $names = 1..5 | ForEach-Object { "s0000$_" }
        $null = $names | Get-HostedSite -InventoryPath $odd -WarningVariable warned -WarningAction SilentlyContinue
        $warned.Message | Should -Not -BeNullOrEmpty
        $warned.Message | Should -Be ($warned.Message | Select-Object -Unique)
    }
}

Describe 'A move that was begun is finished' {
    BeforeAll {
        $sandbox = Start-HostingSandbox -InventoryPath (New-RehearsalInventory (Join-Path $TestDrive 'begun.yml') 9)
        # The first site's promotion fails, so its result comes before the others are switched.
        $hooks = @{ s00001 = '{ promote: [["false"]] }'; s00004 = '{ promote: [["false"]] }'; s00007 = '{ after: [["false"]] }' }
        $inventory = Edit-Inventory $sandbox.InventoryPath (Join-Path $TestDrive 'begun-hooks.yml') $hooks
    }

    AfterAll { $sandbox.Dispose() }

    It 'when a command downstream has had enough, and its errors are still written' {
        $first = Invoke-SiteFailover s0000[1-3] -Planned -Force -InventoryPath $inventory -ErrorVariable failed -ErrorAction SilentlyContinue | Select-Object -First 1
        $first.SiteName | Should -Be 's00001'
        $failed | Should -HaveCount 1
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'HookFailed,*'
        (Get-SiteDnsTarget s0000[2-3] -InventoryPath $inventory).ActiveHost | Should -Be 'right', 'right'
        Get-SiteFailoverHistory -ResumableOnly -InventoryPath $inventory | Should -BeNullOrEmpty
    }

    It 'before -ErrorAction Stop ends the script' {
        { Invoke-SiteFailover s0000[4-6] -Planned -Force -InventoryPath $inventory -ErrorAction Stop } | Should -Throw -ErrorId 'HookFailed,*'
        (Get-SiteDnsTarget s0000[5-6] -InventoryPath $inventory).ActiveHost | Should -Be 'right', 'right'
        Get-SiteFailoverHistory -ResumableOnly -InventoryPath $inventory | Should -BeNullOrEmpty
    }

    It 'before -WarningAction Stop ends the script' {
        { Invoke-SiteFailover s0000[7-8] -Planned -Force -InventoryPath $inventory -WarningAction Stop } | Should -Throw
        (Get-SiteDnsTarget s0000[7-8] -InventoryPath $inventory).ActiveHost | Should -Be 'right', 'right'
        Get-SiteFailoverHistory -ResumableOnly -InventoryPath $inventory | Should -BeNullOrEmpty
    }
}

Describe 'Pipelines inside and beside each other' {
    BeforeAll {
        $sandbox = Start-HostingSandbox -InventoryPath (New-RehearsalInventory (Join-Path $TestDrive 'many.yml') 20)
        $path = $sandbox.InventoryPath
    }

    AfterAll { $sandbox.Dispose() }

    It 'a filter and a loop that call the cmdlets while the outer one streams' {
        $nested = Test-SiteHealth -InventoryPath $path |
            Where-Object { (Get-SiteDnsTarget $_.SiteName -InventoryPath $path).ActiveHost -eq 'left' } |
            ForEach-Object -Process { Test-SiteHealth $_.SiteName -Target Secondary -InventoryPath $path }
        $nested | Should -HaveCount 20
        $nested.HostName | Sort-Object -Unique | Should -Be 'right'
    }

    It 'ten runspaces that each move a site of their own' {
        $results = 1..10 | ForEach-Object -Parallel {
            Import-Module $using:modulePath
            $name = 's{0:d5}' -f $_
            $null = Test-SiteHealth -InventoryPath $using:path
            Invoke-SiteFailover $name -Planned -Force -InventoryPath $using:path
        } -ThrottleLimit 10
        $results | Should -HaveCount 10
        $results.Outcome | Sort-Object -Unique | Should -Be 'Succeeded' -Because ($results.Reason -join ' ')
        $results.OperationId | Sort-Object -Unique | Should -HaveCount 10
        (Get-SiteDnsTarget -InventoryPath $path | Where-Object ActiveHost -EQ 'right') | Should -HaveCount 10
    }

    It 'thread jobs, two at once' {
        $jobs = 1..2 | ForEach-Object { Start-ThreadJob { Import-Module $using:modulePath; Test-SiteHealth -InventoryPath $using:path } }
        $health = $jobs | Receive-Job -Wait -AutoRemoveJob
        $health | Should -HaveCount 40
    }

    It 'a hook that calls the cmdlets: it may read, and is refused what the operation that runs it holds' {
        $said = Join-Path $TestDrive 'said.txt'
        $script = Join-Path $TestDrive 'hook.ps1'
        $inventory = Join-Path $TestDrive 'calls-back.yml'
        Set-Content $script @"
Import-Module '$modulePath'
`$open = Get-SiteFailoverHistory s00015 -InventoryPath '$inventory' -ResumableOnly
"history `$(`$open.Outcome) `$(`$open.LastStep)" | Set-Content '$said'
`$null = Resume-SiteFailover s00015 -InventoryPath '$inventory' -Force -ErrorVariable refused -ErrorAction SilentlyContinue
`$refused | ForEach-Object { "resume `$(`$_.FullyQualifiedErrorId) `$(`$_.Exception.Message)" } | Add-Content '$said'
"plan `$((Get-SiteFailoverPlan s00015 -Planned -InventoryPath '$inventory').Gates | Where-Object Name -EQ NothingOpen | ForEach-Object Reason)" | Add-Content '$said'
exit 0
"@
        $null = Edit-Inventory $path $inventory @{ s00015 = "{ promote: [['$([Environment]::ProcessPath)', -NoProfile, -File, '$script']] }" }
        $result = Invoke-SiteFailover s00015 -Planned -Force -InventoryPath $inventory
        $result.Outcome | Should -Be 'Succeeded' -Because $result.Reason
        $lines = Get-Content $said
        $lines[0] | Should -Be 'history InProgress Promote'
        $lines[1] | Should -BeLike "resume SiteBusy,*$($result.OperationId)*"
        $lines[2] | Should -BeLike "plan Operation $($result.OperationId) *has not ended*"
    }
}

# The whole main job through the cmdlets, in a sandbox. The tests of one Describe build on each other, as an admin's do.
BeforeAll {
    $modulePath = & (Join-Path $PSScriptRoot 'Get-TestedModule.ps1')
    Import-Module $modulePath -Force
    $env:HOSTINGOPS_INVENTORY = $null
    $env:HOSTINGOPS_STATE = Join-Path $TestDrive 'state.db'

    $inventory = Join-Path $TestDrive 'rehearsal.yml'
    Set-Content $inventory @'
version: 1
zone: sites.example.net
defaults:
  check: { timeout: 60s, interval: 120s, confirmInterval: 100ms, failAfter: 2 }
  policy: { cooldown: 1h }
hosts:
  left: { provider: one, address: 203.0.113.10, addressV6: "2001:db8:1::10" }
  right: { provider: two, address: 198.51.100.7, addressV6: "2001:db8:2::7" }
sites:
  acme: { domain: acme.example, primary: left, secondary: right }
  bakery: { domain: bakery.example, primary: right, secondary: left }
  clinic: { domain: clinic.example, primary: left, secondary: right }
policy: { maxFailovers: 10, maxFailoverPercent: 100 }
'@
    $sandbox = Start-HostingSandbox -InventoryPath $inventory

    function Get-Zone {
        $sandbox | Get-SiteDnsTarget | ForEach-Object { "$($_.SiteName) $($_.RecordSets -join ' + ')" }
    }
}

AfterAll {
    $sandbox.Dispose()
    $env:HOSTINGOPS_STATE = $null
}

Describe 'A failover in the sandbox' {
    It 'sees all sites healthy and where they are' {
        ($sandbox | Get-HostedSite | Test-SiteHealth).Status | Sort-Object -Unique | Should -Be 'Healthy'
        ($sandbox | Get-SiteDnsTarget).State | Sort-Object -Unique | Should -Be 'Primary'
    }

    It 'probes both hosts of a site' {
        $both = Test-SiteHealth acme -Target All -InventoryPath $sandbox.InventoryPath
        $both.HostName | Sort-Object | Should -Be 'left', 'right'
    }

    It 'refuses to move a site whose host is alive' {
        $result = Invoke-SiteFailover bakery -InventoryPath $sandbox.InventoryPath -Force -ErrorVariable refused -ErrorAction SilentlyContinue
        $result.Outcome | Should -Be 'Refused'
        $refused | Should -HaveCount 1
        $refused.FullyQualifiedErrorId | Should -BeLike 'FailoverRefused,*'
        $refused.TargetObject | Should -Be 'bakery'
        $refused.CategoryInfo.Category | Should -Be 'PermissionDenied'
        $refused.Exception.Message | Should -Match 'ActiveDown'
    }

    It 'still writes the result before the error stops the script' {
        $caught = $null
        try { Invoke-SiteFailover bakery -InventoryPath $sandbox.InventoryPath -Force -ErrorAction Stop -OutVariable written } catch { $caught = $_ }
        $caught.FullyQualifiedErrorId | Should -BeLike 'FailoverRefused,*'
        $written.Outcome | Should -Be 'Refused'
    }

    It 'wants a reason for an override' {
        { Get-SiteFailoverPlan acme -Override Cooldown -InventoryPath $sandbox.InventoryPath } | Should -Throw -ErrorId 'OverrideNotAllowed,*'
    }

    It 'finds the sites of a dead host and plans them' {
        $sandbox.StopHost('left')
        $plans = $sandbox | Get-HostedSite | Test-SiteHealth | Where-Object Status -EQ Down | Get-SiteFailoverPlan
        $plans.SiteName | Sort-Object | Should -Be 'acme', 'clinic'
        $plans.Allowed | Sort-Object -Unique | Should -BeTrue
        $plans.Gates.Count | Should -BeGreaterThan 10
    }

    It 'changes nothing with -WhatIf, whatever else is said' {
        $before = Get-Zone
        $sandbox | Get-HostedSite | Test-SiteHealth | Where-Object Status -EQ Down | Invoke-SiteFailover -WhatIf -Force | Should -BeNullOrEmpty
        & {
            $WhatIfPreference = $true
            Invoke-SiteFailover acme -InventoryPath $sandbox.InventoryPath -Force
            Set-SiteDnsTarget acme right -InventoryPath $sandbox.InventoryPath -Force
        } | Should -BeNullOrEmpty
        Get-Zone | Should -Be $before
        Get-SiteFailoverHistory -InventoryPath $sandbox.InventoryPath | Where-Object Outcome -NE Refused | Should -BeNullOrEmpty
    }

    It 'asks first, and without somebody to ask moves nothing' {
        $before = Get-Zone
        $shell = & ([Environment]::ProcessPath) -NoProfile -NonInteractive -Command "Import-Module '$modulePath'; Invoke-SiteFailover acme -InventoryPath '$($sandbox.InventoryPath)'" 2>&1 | Out-String
        $shell | Should -Match 'NonInteractive'
        $LASTEXITCODE | Should -Be 1
        Get-Zone | Should -Be $before
    }

    It 'moves them, from the pipeline without glue' {
        $script:results = $sandbox | Get-HostedSite | Test-SiteHealth | Where-Object Status -EQ Down | Get-SiteFailoverPlan | Invoke-SiteFailover -Force
        $results.Outcome | Sort-Object -Unique | Should -Be 'Succeeded'
        $results.OperationId | Sort-Object -Unique | Should -HaveCount 1
        ($sandbox | Get-SiteDnsTarget).ActiveHost | Sort-Object -Unique | Should -Be 'right'
        ($sandbox | Test-SiteHealth).Status | Sort-Object -Unique | Should -Be 'Healthy'
    }

    It 'refuses a plan that has been carried out already' {
        $sandbox.StartHost('left')
        $plan = Get-SiteFailoverPlan bakery -Planned -InventoryPath $sandbox.InventoryPath
        $moved = $plan | Invoke-SiteFailover -Force
        $moved.Outcome | Should -Be 'Succeeded'
        $moved.Kind | Should -Be 'Switchover' -Because 'the plan itself is carried out, not a new one for its site'
        $again = $plan | Invoke-SiteFailover -Force -ErrorAction SilentlyContinue -ErrorVariable refused
        $again.Outcome | Should -BeIn 'Refused', 'Conflict'
        $refused | Should -HaveCount 1
    }

    It 'has it all in the journal' {
        $history = Get-SiteFailoverHistory acme -InventoryPath $sandbox.InventoryPath
        $history[0].Outcome | Should -Be 'Succeeded'
        $history[0].OperationId | Should -Be $results[0].OperationId
        Get-SiteFailoverHistory -OperationId $results[0].OperationId -InventoryPath $sandbox.InventoryPath | Should -HaveCount 2
        Get-SiteFailoverHistory -First 1 -InventoryPath $sandbox.InventoryPath | Should -HaveCount 1
    }

    It 'takes one site of it back, by what it wrote' {
        $undone = $results | Where-Object SiteName -EQ acme | Undo-SiteFailover -Force -Override Cooldown -Reason 'Rehearsal'
        $undone.Outcome | Should -Be 'Succeeded'
        $undone.To | Should -Be 'left'
        (Get-SiteDnsTarget clinic -InventoryPath $sandbox.InventoryPath).ActiveHost | Should -Be 'right'
    }

    It 'points a record by hand, by host and by role' {
        $set = Set-SiteDnsTarget clinic left -InventoryPath $sandbox.InventoryPath -Force
        $set.Changed | Should -BeTrue
        $set.Verified | Should -BeTrue
        $set.HostName | Should -Be 'left'
        $set.OperationId | Should -Not -BeNullOrEmpty
        (Set-SiteDnsTarget clinic -Role Primary -InventoryPath $sandbox.InventoryPath -Force).Changed | Should -BeFalse
        { Set-SiteDnsTarget clinic nowhere -InventoryPath $sandbox.InventoryPath -Force -ErrorAction Stop } | Should -Throw -ErrorId 'HostNotFound,*'
    }

    It 'does not move a site that is switched off' {
        Disable-SiteFailover acme 'Migration' -InventoryPath $sandbox.InventoryPath
        $plan = Get-SiteFailoverPlan acme -Planned -InventoryPath $sandbox.InventoryPath
        ($plan.Gates | Where-Object Name -EQ NotPaused).Outcome | Should -Be 'Refused'
        ($plan.Gates | Where-Object Name -EQ NotPaused).Reason | Should -Match 'Migration'
        Enable-SiteFailover acme -InventoryPath $sandbox.InventoryPath
    }

    It 'says that there is nothing to resume, or no such operation' {
        Resume-SiteFailover -InventoryPath $sandbox.InventoryPath -Force | Should -BeNullOrEmpty
        { Resume-SiteFailover -OperationId NOSUCH -InventoryPath $sandbox.InventoryPath -Force -ErrorAction Stop } | Should -Throw -ErrorId 'OperationNotFound,*'
        { Resume-SiteFailover -OperationId $results[0].OperationId -InventoryPath $sandbox.InventoryPath -Force -ErrorAction Stop } | Should -Throw -ErrorId 'OperationNotResumable,*'
    }

    It 'makes an inventory of the zone' {
        $made = New-HostingInventory (Join-Path $TestDrive 'made.yml') -FromZone sites.example.net -EndpointUrl $sandbox.EndpointUrl
        (Get-HostedSite -InventoryPath $made.FullName).Name | Sort-Object | Should -Be 'acme', 'bakery', 'clinic'
    }
}

Describe 'Streaming and stopping' {
    BeforeAll {
        $sandbox.StartHost('left')
        $sandbox.SetFault('clinic', $null, 'Silent')
    }

    AfterAll {
        $sandbox.SetFault('clinic', $null, 'None')
    }

    It 'gives the first result while another probe still waits, and cancels that one' {
        # clinic says nothing for its 60 seconds; the first of the others ends the pipeline.
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $first = $sandbox | Test-SiteHealth | Select-Object -First 1
        $first.SiteName | Should -BeIn 'acme', 'bakery'
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 40
    }

    It 'stops wherever it waits' {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript("Import-Module '$modulePath'; Test-SiteHealth clinic -InventoryPath '$($sandbox.InventoryPath)'")
            $running = $shell.BeginInvoke()
            Start-Sleep -Seconds 4
            $running.IsCompleted | Should -BeFalse
            $watch = [Diagnostics.Stopwatch]::StartNew()
            $shell.Stop()
            $watch.Elapsed.TotalSeconds | Should -BeLessThan 20
            $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        }
        finally {
            $shell.Dispose()
        }
    }
}

Describe 'Start-HostingSandbox and Stop-HostingSandbox' {
    It 'start the example of the module and stop it' {
        $other = Start-HostingSandbox
        $other.IsRunning | Should -BeTrue
        $other.EndpointUrl | Should -Match '^http://127\.0\.0\.1:\d+$'
        $other | Stop-HostingSandbox
        $other.IsRunning | Should -BeFalse
        $sandbox.IsRunning | Should -BeTrue
    }

    It 'leave nothing behind in the shell that would stop them at its end: <_>' -ForEach 'Stop-HostingSandbox', 'Remove-Module' {
        $shell = [powershell]::Create()
        try {
            $stop = @{ 'Stop-HostingSandbox' = 'Stop-HostingSandbox'; 'Remove-Module' = 'Remove-Module HostingOps' }[$_]
            $counts = $shell.AddScript("Import-Module '$modulePath'
                function Count { @(Get-EventSubscriber -Force | Where-Object SourceIdentifier -EQ PowerShell.Exiting).Count }
                Count; 1..3 | ForEach-Object { `$null = Start-HostingSandbox }; Count; $stop; Count").Invoke()
            $shell.Streams.Error | Should -BeNullOrEmpty
            $counts | Should -Be 0, 3, 0
        }
        finally {
            $shell.Dispose()
        }
    }

    It 'stop with the module' {
        $shell = [powershell]::Create()
        try {
            $kept = $shell.AddScript("Import-Module '$modulePath'; `$s = Start-HostingSandbox; Remove-Module HostingOps; `$s").Invoke()[0]
            $kept.IsRunning | Should -BeFalse
        }
        finally {
            $shell.Dispose()
        }
    }
}

Describe 'Invoke-FailoverDrill' {
    It 'passes, and measures' {
        $drill = Invoke-FailoverDrill -InventoryPath $inventory
        $drill.Passed | Should -BeTrue -Because $drill.Reason
        $drill.Sites | Sort-Object | Should -Be 'acme', 'clinic'
        $drill.OutageSeconds | Should -BeGreaterThan 0
    }

    It 'wants a host that exists' {
        { Invoke-FailoverDrill nowhere -InventoryPath $inventory } | Should -Throw -ErrorId 'HostNotFound,*'
    }
}

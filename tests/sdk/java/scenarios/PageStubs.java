import com.acme.pay.*;
import java.util.*;

/** What the pages' code takes for granted. */
class PageStubs {
    static final class Log {
        void info(String text, Object... values) {}

        void error(String text, Object... values) {}
    }

    static final class Store {
        String read() {
            return "";
        }

        void write(String id) {}
    }

    static final class Order {
        String paymentKey() {
            return "";
        }
    }

    static final class Ledger {
        void book(BalanceTransaction entry) {}
    }

    static final class Report {
        Report(Balance balance, Page<Payout> payouts) {}
    }

    static final class Response {
        void sendRedirect(String url) {}
    }

    Log log = new Log();
    Store store = new Store();
    Order order = new Order();
    Response response = new Response();
    Ledger ledger = new Ledger();

    void handle(Event event) {}

    void saveCursor(String id) {}

    void publish(Report report) {}

    Object askForAnotherCard(Order order, String code) {
        return code;
    }

    Object retryLater(Order order) {
        return order;
    }
}
